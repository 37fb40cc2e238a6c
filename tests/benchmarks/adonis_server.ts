/*
| A process of its own: AdonisJS alone, over the database in DATABASE_URL. Its server and router, its body parser, its
| container and its token guard, then one route that answers the account as JSON. What a signed-in request costs here, no
| application on it can save. Tells the parent its port.
*/
process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { createServer } from 'node:http'
import { type HttpContext } from '@adonisjs/core/http'
import { type NextFn } from '@adonisjs/core/types/http'
import { ServerFactory } from '@adonisjs/core/factories/http'
import { bootApp } from './boot_app.js'

const app = await bootApp()
const authManager = await app.container.make('auth.manager')

async function signIn(ctx: HttpContext, next: NextFn) {
  ctx.auth = authManager.createAuthenticator(ctx)
  await ctx.auth.authenticateUsing(['api'])
  return next()
}

const adonis = new ServerFactory().merge({ app }).create()
adonis.use([])
const router = adonis.getRouter()
router.use([() => import('@adonisjs/core/bodyparser_middleware')])
router
  .get('*', ({ auth }: HttpContext) => {
    const { id, username, email, role } = auth.getUserOrFail()
    return { id, username, email, role }
  })
  .use(signIn)
await adonis.boot()
const server = createServer((request, response) => void adonis.handle(request, response))
server.listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port))

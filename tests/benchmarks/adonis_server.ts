/*
| A process of its own: AdonisJS alone, over the database in DATABASE_URL. What an application made of its API starter kit
| has: server and router, names of requests, body parser, authenticator, the container that makes middleware and controllers,
| its token guard, and one route that answers the account as JSON. It has no log, no headers of safety, no permissions.
| What a signed-in request costs here, no application on it can save. Tells the parent its port.
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

class InitializeAuth {
  handle(ctx: HttpContext, next: NextFn) {
    ctx.auth = authManager.createAuthenticator(ctx)
    return next()
  }
}

class Auth {
  async handle(ctx: HttpContext, next: NextFn) {
    await ctx.auth.authenticateUsing(['api'])
    return next()
  }
}

class AccountController {
  show({ auth }: HttpContext) {
    const { id, username, email, role } = auth.getUserOrFail()
    return { id, username, email, role }
  }
}

const adonis = new ServerFactory().merge({ app, config: { generateRequestId: true } }).create()
adonis.use([])
const router = adonis.getRouter()
router.use([() => import('@adonisjs/core/bodyparser_middleware'), async () => ({ default: InitializeAuth })])
const { auth } = router.named({ auth: async () => ({ default: Auth }) })
router.get('*', [AccountController, 'show']).use(auth())
await adonis.boot()
const server = createServer((request, response) => void adonis.handle(request, response))
server.listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port))

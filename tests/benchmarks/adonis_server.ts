/*
| A process of its own: AdonisJS alone, its server and router with one route that answers JSON. What a request costs
| here, no application on it can save. Tells the parent its port.
*/
import 'reflect-metadata'
import { createServer } from 'node:http'
import { AppFactory } from '@adonisjs/core/factories/app'
import { ServerFactory } from '@adonisjs/core/factories/http'

const app = new AppFactory().create(new URL('./', import.meta.url))
await app.init()
const adonis = new ServerFactory().merge({ app }).create()
adonis.use([])
adonis.getRouter().get('*', () => ({ id: 1, username: 'alice', email: 'alice@example.org', role: 'superuser' }))
await adonis.boot()
const server = createServer((request, response) => void adonis.handle(request, response))
server.listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port))

/* A process of its own: makes an account in the database in DATABASE_URL and tells the parent a token of it. */
process.env.NODE_ENV = 'test'

import 'reflect-metadata'
import { bootApp } from './boot_app.js'

const app = await bootApp()
const { asUser } = await import('#tests/helpers/as_user')
const { token } = await asUser('superuser')
await app.terminate()
process.send!(token)
process.disconnect()

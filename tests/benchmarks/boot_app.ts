import { Ignitor } from '@adonisjs/core'
import { checkSettings, loadEnvironment } from '../../bin/environment.js'

const APP_ROOT = new URL('../../', import.meta.url)

/** The application without its server, over the database in DATABASE_URL. */
export async function bootApp() {
  loadEnvironment(APP_ROOT)
  const importer = (path: string) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path)
  const app = new Ignitor(APP_ROOT, { importer }).tap((one) => one.booting(checkSettings)).createApp('console')
  await app.init()
  await app.boot()
  return app
}

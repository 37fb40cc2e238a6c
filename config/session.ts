import { defineConfig, stores } from '@adonisjs/session'
import app from '@adonisjs/core/services/app'
import { appUrl, basePath } from '#config/app'
import { seldomTouched } from '#services/identity/seldom_touched'

const sessionConfig = defineConfig({
  enabled: true,
  cookieName: 'laim_session',
  clearWithBrowser: false,
  age: '12h',
  cookie: {
    path: basePath || '/',
    httpOnly: true,
    secure: appUrl.startsWith('https:'),
    sameSite: 'lax',
  },
  store: app.inTest ? 'memory' : 'database',
  stores: {
    database: seldomTouched(stores.database()),
  },
})

export default sessionConfig

import { defineConfig } from '@adonisjs/core/http'
import env from '#start/env'

/** Where people reach the console; decides whether cookies are for HTTPS only. */
export const appUrl = env.get('APP_URL')

export const http = defineConfig({
  generateRequestId: true,
  allowMethodSpoofing: true,
  useAsyncLocalStorage: false,
  trustProxy: env.get('TRUST_PROXY'),
  cookie: {
    domain: '',
    path: '/',
    maxAge: '12h',
    httpOnly: true,
    secure: appUrl.startsWith('https:'),
    sameSite: 'lax',
  },
})

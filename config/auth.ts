import { defineConfig } from '@adonisjs/auth'
import { tokensGuard } from '@adonisjs/auth/access_tokens'
import { sessionGuard } from '@adonisjs/auth/session'
import { type Authenticators, type InferAuthEvents, type InferAuthenticators } from '@adonisjs/auth/types'
import { AccessTokens } from '#services/identity/access_tokens'
import { SessionUserProvider } from '#services/identity/session_user_provider'
import { TokenUserProvider } from '#services/identity/token_user_provider'

/** `web` signs people in to the console, `api` reads access tokens. Both know only users who are active. */
const authConfig = defineConfig({
  default: 'web',
  guards: {
    web: sessionGuard({
      useRememberMeTokens: false,
      provider: new SessionUserProvider(),
    }),
    api: tokensGuard({
      provider: new TokenUserProvider(new AccessTokens()),
    }),
  },
})

export default authConfig

declare module '@adonisjs/auth/types' {
  export interface Authenticators extends InferAuthenticators<typeof authConfig> {}
}

declare module '@adonisjs/core/types' {
  interface EventsList extends InferAuthEvents<Authenticators> {}
}

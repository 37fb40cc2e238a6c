import { configProvider } from '@adonisjs/core'
import { defineConfig } from '@adonisjs/auth'
import { tokensGuard } from '@adonisjs/auth/access_tokens'
import { sessionGuard } from '@adonisjs/auth/session'
import { type Authenticators, type InferAuthEvents, type InferAuthenticators } from '@adonisjs/auth/types'
import { SessionUserProvider } from '#services/identity/session_user_provider'
import { type TokenUserProvider } from '#services/identity/token_user_provider'

/** `web` signs people in to the console, `api` reads access tokens. Both know only users who are active. */
const authConfig = defineConfig({
  default: 'web',
  guards: {
    web: sessionGuard({
      useRememberMeTokens: false,
      provider: new SessionUserProvider(),
    }),
    api: tokensGuard({
      provider: configProvider.create<TokenUserProvider>(async (app) => {
        const provider = await import('#services/identity/token_user_provider')
        return app.container.make(provider.TokenUserProvider)
      }),
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

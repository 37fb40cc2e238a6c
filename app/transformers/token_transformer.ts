import { type AccessToken } from '@adonisjs/auth/access_tokens'
import { choice, integer, listOf, nullable, shape, text, time } from './shape.js'

const FIELDS = {
  id: integer<AccessToken>((token) => Number(token.identifier)),
  name: nullable(text<AccessToken>((token) => token.name)),
  abilities: listOf<AccessToken>({ type: 'string' }, (token) => token.abilities),
  expires_at: nullable(time<AccessToken>((token) => token.expiresAt?.toISOString())),
  last_used_at: nullable(time<AccessToken>((token) => token.lastUsedAt?.toISOString())),
  created_at: time<AccessToken>((token) => token.createdAt.toISOString()),
}

/** A personal token. Its value cannot be shown again. */
export const tokenShape = shape<AccessToken>('Token', FIELDS)

/** A personal token in the answer that made it, the only one that holds its value. */
export const newTokenShape = shape<AccessToken>('NewToken', {
  ...FIELDS,
  access_token: text((token) => token.value?.release()),
})

/** The answer to a sign-in. */
export const loginShape = shape<AccessToken>('Login', {
  access_token: text((token) => token.value?.release()),
  token_type: choice(['bearer'], () => 'bearer'),
  expires_at: time((token) => token.expiresAt?.toISOString()),
})

import type { Secret } from '@adonisjs/core/helpers'
import type { SourceConfigDefinition } from '@laim/sdk'
import vine from '@vinejs/vine'
import { toBaseUrl } from './base_url.js'

export interface NetdiscoConfig {
  /** Address of the start page, with its base path if it has one; see `toBaseUrl`. */
  baseUrl: string
  username: string
  password: Secret<string>
  /** PEM file of the authority that signed the server's certificate. */
  caFile?: string
}

const validator = vine.create({
  baseUrl: vine
    .string()
    .trim()
    .url({
      require_tld: false,
      require_protocol: true,
      protocols: ['http', 'https'],
      disallow_auth: true,
    })
    .transform(toBaseUrl)
    .meta({
      title: 'Address',
      description: 'Where Netdisco is opened in a browser, with its path',
    }),
  username: vine.string().trim().minLength(1).maxLength(255).meta({ title: 'User name' }),
  password: vine.string().minLength(1).meta({ title: 'Password', writeOnly: true, format: 'password' }),
  caFile: vine
    .string()
    .trim()
    .optional()
    .meta({ title: 'CA file', description: 'PEM file, for a certificate of your own authority' }),
})

export const config: SourceConfigDefinition<NetdiscoConfig> = {
  validator,
  secrets: ['password'],
  env: {
    baseUrl: 'NETDISCO_API_URL',
    username: 'NETDISCO_USERNAME',
    password: 'NETDISCO_PASSWORD',
    caFile: 'NETDISCO_CA_FILE',
  },
  fingerprint: ({ baseUrl }) => toBaseUrl(baseUrl),
}

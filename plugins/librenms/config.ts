import type { Secret } from '@adonisjs/core/helpers'
import type { SourceConfigDefinition } from '@laim/sdk'
import vine from '@vinejs/vine'
import { toBaseUrl } from './base_url.js'

export interface LibrenmsConfig {
  /** Address of the start page, with its base path if it has one; see `toBaseUrl`. */
  baseUrl: string
  token: Secret<string>
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
      description: 'Where LibreNMS is opened in a browser, with its path',
    }),
  token: vine.string().trim().minLength(8).maxLength(255).meta({
    title: 'API token',
    description: 'Made in LibreNMS under Settings, API, API settings; for a user with global read',
    writeOnly: true,
    format: 'password',
  }),
  caFile: vine
    .string()
    .trim()
    .optional()
    .meta({ title: 'CA file', description: 'PEM file, for a certificate of your own authority' }),
})

export const config: SourceConfigDefinition<LibrenmsConfig> = {
  validator,
  secrets: ['token'],
  env: {
    baseUrl: 'LIBRENMS_API_URL',
    token: 'LIBRENMS_API_TOKEN',
    caFile: 'LIBRENMS_CA_FILE',
  },
  fingerprint: ({ baseUrl }) => toBaseUrl(baseUrl),
}

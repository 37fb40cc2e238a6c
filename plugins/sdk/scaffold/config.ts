import type { Secret } from '@adonisjs/core/helpers'
import type { SourceConfigDefinition } from '@laim/sdk'
import vine from '@vinejs/vine'

export interface ExampleConfig {
  baseUrl: string
  token: Secret<string>
}

export const config: SourceConfigDefinition<ExampleConfig> = {
  validator: vine.create({
    baseUrl: vine
      .string()
      .trim()
      .url({ require_tld: false, require_protocol: true, protocols: ['http', 'https'], disallow_auth: true })
      .meta({ title: 'Address', description: 'Where Example is opened in a browser' }),
    token: vine.string().trim().minLength(8).meta({ title: 'API token', writeOnly: true, format: 'password' }),
  }),
  secrets: ['token'],
  env: { baseUrl: 'EXAMPLE_API_URL', token: 'EXAMPLE_API_TOKEN' },
  fingerprint: ({ baseUrl }) => new URL(baseUrl).href,
}

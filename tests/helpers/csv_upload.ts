import { type ApiClient } from '@japa/api-client'

type Fields = Readonly<Record<string, string>>

/** Sends a file to `POST /api/import/csv` as a form does, to be imported unless the fields say otherwise. */
export function uploadCsv(client: ApiClient, token: string, content: string | Buffer, fields: Fields = {}) {
  const file = Buffer.isBuffer(content) ? content : Buffer.from(content)
  const request = client.post('/api/import/csv').bearerToken(token)
  return request
    .file('file', file, { filename: 'items.csv', contentType: 'text/csv' })
    .fields({ dry_run: 'false', ...fields })
}

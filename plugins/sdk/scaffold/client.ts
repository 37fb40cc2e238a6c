import { SourceError, type HttpClient } from '@laim/sdk'
import type { ExampleConfig } from './config.js'

/** A device as Example answers it: only what is read. */
export interface ExampleDevice {
  readonly id?: unknown
  readonly name?: unknown
  readonly serial?: unknown
  readonly model?: unknown
}

/** The requests of this one API. Retries, pace and limits are those of the client it is given. */
export class ExampleClient {
  readonly #http: HttpClient

  constructor(http: HttpClient, { token }: ExampleConfig) {
    this.#http = http.withAuth({ acquire: async () => ({ 'X-Auth-Token': token }) })
  }

  /** The devices behind an id, in the order of their ids. */
  async devicesAfter(id: number, limit: number): Promise<readonly ExampleDevice[]> {
    const { body } = await this.#http.json<{ devices?: unknown }>({ path: '/api/devices', query: { after: id, limit } })
    if (!Array.isArray(body?.devices)) {
      throw new SourceError({
        kind: 'bad_payload',
        code: 'E_EXAMPLE_NO_LIST',
        message: 'Example answers no list of devices; is the address right?',
      })
    }
    return body.devices
  }
}

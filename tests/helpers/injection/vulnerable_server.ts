import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import db from '@adonisjs/lucid/services/db'

/** Places where a careless program puts what it was sent, and the statement that comes of it. */
const STATEMENTS = {
  text: (value: string) => `select id, hostname from assets where hostname = '${value}'`,
  number: (value: string) => `select id, hostname from assets where id = ${value}`,
  order: (value: string) => `select id, hostname from assets order by ${value}`,
}

export type CarelessPlace = keyof typeof STATEMENTS

/**
 * A server that can be injected in each of these places, over the same database: what finds nothing here finds nothing
 * anywhere. Answers how to ask it.
 */
export async function startVulnerableServer(cleanup: (done: () => void) => void) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url!, 'http://127.0.0.1')
    const place = url.pathname.slice(1) as CarelessPlace
    try {
      const rows = await runCareless(STATEMENTS[place](url.searchParams.get('value')!))
      response.end(JSON.stringify(rows))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return async (place: CarelessPlace, value: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}/${place}?value=${encodeURIComponent(value)}`)
    return { status: answer.status, text: await answer.text() }
  }
}

/** In a savepoint, which a broken statement does not spoil for the next one. */
async function runCareless(sql: string): Promise<unknown> {
  return db.transaction(async (trx) => {
    const result = await trx.rawQuery(sql.replaceAll('?', '\\?'))
    return 'rows' in result ? result.rows : result
  })
}

/*
| A process of its own: a bare node:http server over the database in DATABASE_URL that answers what the product answers,
| with the statements that the product needs and nothing else. Tells the parent its port and the processes that work for it.
*/
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import { openQueries } from './raw_queries.js'

const COLUMNS = `id, revision, hostname, asset_type, serial_number, mac_address, asset_tag, room, sub_location, notes, status,
  presence, ip_address, vendor, model, firmware_version, source, source_ref, is_active, created_at, updated_at,
  (select max(coalesce(r.missing_since, r.closed_at, s.last_completed_at)) from source_records r cross join sources s
   where r.asset_id = assets.id and r.link_state = 'linked' and s.id = r.source_id) as last_synced_at`
const queries = openQueries(process.env.DATABASE_URL!)

/** The account of a token, as the product looks it up. */
async function accountOf(authorization: string | undefined): Promise<unknown> {
  const [id = '', secret = ''] = (authorization ?? '').replace('Bearer laim_', '').split('.')
  const decoded = (text: string) => Buffer.from(text, 'base64url').toString()
  const [row] = await queries.all(
    `select u.id, u.username, u.email, u.role, t.hash from auth_access_tokens t join users u on u.id = t.tokenable_id
     where t.id = $1`,
    [Number(decoded(id))]
  )
  const hash = createHash('sha256').update(decoded(secret)).digest('hex')
  return row?.hash === hash ? { id: row.id, username: row.username, email: row.email, role: row.role } : null
}

const server = createServer((request, response) => {
  void answer(request.headers.authorization, new URL(request.url!, 'http://raw')).then((body) => {
    response.writeHead(body === null ? 401 : 200, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(body))
  })
})

async function answer(authorization: string | undefined, { pathname, searchParams }: URL): Promise<unknown> {
  const account = await accountOf(authorization)
  if (account === null || pathname === '/api/me') {
    return account
  }
  if (pathname !== '/api/items') {
    const [row] = await queries.all(`select ${COLUMNS} from assets where id = $1`, [Number(pathname.split('/').at(-1))])
    return row
  }
  const search = searchParams.get('search')
  if (search !== null) {
    const ids = await queries.search(search)
    return queries.all(
      `select ${COLUMNS} from assets where id in (${ids.join(', ') || 'null'}) order by hostname, id limit 50`,
      []
    )
  }
  await queries.all('select count(*) from (select 1 from assets where is_active limit 10001) m', [])
  return queries.all(`select ${COLUMNS} from assets where is_active order by hostname, id limit 50`, [])
}

server.listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port))

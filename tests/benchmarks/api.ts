import { fork, type ChildProcess } from 'node:child_process'
import { Agent, request } from 'node:http'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { findFreePort } from '#tests/helpers/free_port'
import { deviceAt, type Estate } from './devices.js'
import { serverTimes } from './meter.js'

/** Requests of one measurement, all over one connection. */
const REQUESTS = 1000

/** V8 compiles a path on threads of its own, whose time counts too, until it was asked for some thousand times. */
const WARM_UP = 4000

/** A server, and what is sent to it. */
export interface Peer {
  readonly name: string
  readonly port: number
  readonly process: ChildProcess
}

/** Paths by what they read; those of a search and of an item are others each time. */
function pathsOf(estate: Estate): Record<string, (index: number) => string> {
  const serialAt = (index: number) => deviceAt((index * 7919) % estate.devices, estate).claims?.serialNumber ?? ''
  return {
    'account': () => '/api/me',
    'one item': (index) => `/api/items/${1 + ((index * 7919) % estate.devices)}`,
    'list of 50': () => '/api/items?limit=50',
    'search': (index) => `/api/items?limit=50&search=${serialAt(index).slice(3, 10).toLowerCase()}`,
  }
}

/**
 * Sends the same requests to the product, to a bare server over the same database and to AdonisJS alone, in turn, and
 * prints the processor time of each request: of the server's process and of the database's processes that work for it.
 */
export async function benchApi(url: string, estate: Estate, rounds: number): Promise<void> {
  const token = await messageOf<string>(start('account.ts', { DATABASE_URL: url }))
  const peers = [
    await startProduct(url),
    await startPeer('raw', 'raw_server.ts', url),
    await startPeer('adonis', 'adonis_server.ts', url),
  ]
  try {
    const table: Record<string, Record<string, string>> = {}
    for (const [what, path] of Object.entries(pathsOf(estate))) {
      const costs: number[][] = peers.map(() => [])
      for (let round = 0; round <= rounds; round++) {
        for (const [index, peer] of peers.entries()) {
          costs[index]!.push(await costOf(peer, token, path, url, round === 0 ? WARM_UP : REQUESTS))
        }
      }
      const [product, raw, adonis] = costs.map((list) => median(list.slice(1)))
      table[what] = {
        'LAIM ms': product!.toFixed(2),
        'raw ms': raw!.toFixed(2),
        'AdonisJS alone ms': adonis!.toFixed(2),
        'LAIM / raw': (product! / raw!).toFixed(2),
        'over raw ms': (product! - raw!).toFixed(2),
        'over raw and AdonisJS ms': (product! - raw! - adonis!).toFixed(2),
      }
    }
    console.log(
      `\nprocessor time of a request, ${estate.devices} items, rounds=${rounds} load=${loadavg()[0]!.toFixed(1)}`
    )
    console.table(table)
  } finally {
    peers.forEach((peer) => peer.process.kill('SIGKILL'))
  }
}

async function costOf(
  peer: Peer,
  token: string,
  path: (index: number) => string,
  url: string,
  count: number
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const pids = [peer.process.pid!, ...(await backendsOf(url, peer))]
  const before = serverTimes(pids)
  for (let index = 0; index < count; index++) {
    await ask(agent, peer.port, path(index), token)
  }
  const after = serverTimes(pids)
  agent.destroy()
  return pids.reduce((sum, pid) => sum + (after.get(pid) ?? 0) - (before.get(pid) ?? 0), 0) / count
}

/** @throws unless the answer is 200 */
function ask(agent: Agent, port: number, path: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    request({ agent, port, path, headers, host: '127.0.0.1' }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${path} answers ${response.statusCode}`))
      )
    })
      .once('error', reject)
      .end()
  })
}

/** Processes of PostgreSQL that work for a server: each names itself by its connection, the product by its process. */
async function backendsOf(url: string, { name, process: { pid } }: Peer): Promise<number[]> {
  if (url.startsWith('sqlite:')) {
    return []
  }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where application_name = $1 or application_name like $2',
    [name, `laim % ${pid}`]
  )
  await client.end()
  return rows.map((row) => row.pid)
}

export async function startProduct(url: string): Promise<Peer> {
  const port = await findFreePort()
  const process = start('../../build/bin/server.js', {
    ENV_PATH: fileURLToPath(new URL('../../', import.meta.url)),
    NODE_ENV: 'production',
    DATABASE_URL: url,
    PGAPPNAME: 'LAIM',
    SECRET_KEY: 'only-for-benchmarks-only-for-benchmarks',
    APP_HOST: '127.0.0.1',
    APP_PORT: String(port),
    API_RATE_LIMIT: '0',
  })
  for (let attempt = 0; attempt < 600 && !(await isUp(port)); attempt++) {
    await sleep(200)
  }
  return { name: 'LAIM', port, process }
}

function isUp(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health/live`).then(
    ({ ok }) => ok,
    () => false
  )
}

async function startPeer(name: string, file: string, url: string): Promise<Peer> {
  const process = start(file, { DATABASE_URL: url, PGAPPNAME: name })
  return { name, process, port: await messageOf<number>(process) }
}

export function start(file: string, variables: NodeJS.ProcessEnv): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: file.endsWith('.ts') ? ['--import=@poppinss/ts-exec'] : [],
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}

export function messageOf<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message))
    child.once('exit', (code) => reject(new Error(`a server ended with exit code ${code}`)))
  })
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}

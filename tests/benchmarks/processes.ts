import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { loadavg } from 'node:os'
import { median, messageOf, start, startProduct, type Peer } from './api.js'
import { deviceAt, type Estate } from './devices.js'
import { serverTimes } from './meter.js'

const MOST = 4
const ROUND_MS = 3000

/** Connections to each web server, each with one request under way. */
const CONNECTIONS = 8

interface Asked {
  readonly method: string
  readonly path: string
  readonly body?: object
}

/** Of one round: requests, and processor milliseconds of each request. */
interface Load {
  readonly perSecond: number
  readonly webMs: number
  readonly databaseMs: number
}

let created = 0

/** What people and programs send: mostly reading, or only new items. */
function workloads(estate: Estate): Record<string, (index: number) => Asked> {
  const itemAt = (index: number) => (index * 7919) % estate.devices
  const serialAt = (index: number) => deviceAt(itemAt(index), estate).claims?.serialNumber ?? ''
  const reads: ((index: number) => string)[] = [
    () => '/api/items?limit=50',
    (index) => `/api/items/${1 + itemAt(index)}`,
    (index) => `/api/items?limit=50&search=${serialAt(index).slice(3, 10).toLowerCase()}`,
    () => '/api/me',
  ]
  return {
    read: (index) => ({ method: 'GET', path: reads[index % reads.length]!(index) }),
    create: () => ({
      method: 'POST',
      path: '/api/items',
      body: { hostname: `load-${++created}`, serial_number: `LOAD${created}`, item_type: 'Server' },
    }),
  }
}

/**
 * Sends requests to one, two, three and four web servers on one PostgreSQL, as many as they answer, and prints the median
 * round of each. The sender, the web servers and PostgreSQL share the processors of this machine.
 */
export async function benchProcesses(url: string, estate: Estate, rounds: number): Promise<void> {
  const token = await messageOf<string>(start('account.ts', { DATABASE_URL: url }))
  const table: Record<string, Record<string, string>> = {}
  for (let count = 1; count <= MOST; count++) {
    const peers = await Promise.all(Array.from({ length: count }, () => startProduct(url)))
    try {
      for (const [name, asked] of Object.entries(workloads(estate))) {
        const loads: Load[] = []
        for (let round = 0; round <= rounds; round++) {
          loads.push(await playRound(peers, token, asked))
        }
        const measured = loads.slice(1)
        const of = (key: keyof Load) => median(measured.map((load) => load[key]))
        table[`${name}, ${count} web`] = {
          'requests/s': of('perSecond').toFixed(),
          'web ms': of('webMs').toFixed(2),
          'PostgreSQL ms': of('databaseMs').toFixed(2),
        }
      }
    } finally {
      peers.forEach((peer) => peer.process.kill('SIGKILL'))
    }
  }
  console.log(`\n${estate.devices} items, rounds=${rounds} load=${loadavg()[0]!.toFixed(1)}`)
  console.table(table)
}

async function playRound(peers: readonly Peer[], token: string, asked: (index: number) => Asked): Promise<Load> {
  const webs = peers.map((peer) => peer.process.pid!)
  const before = [sumOf(webs), sumOf(databaseProcesses())] as const
  const startedAt = performance.now()
  const counts = await Promise.all(
    peers.flatMap((peer) => Array.from({ length: CONNECTIONS }, () => askUntilOver(peer, token, asked, startedAt)))
  )
  const wallMs = performance.now() - startedAt
  const requests = counts.reduce((sum, count) => sum + count, 0)
  return {
    perSecond: (requests * 1000) / wallMs,
    webMs: (sumOf(webs) - before[0]) / requests,
    databaseMs: (sumOf(databaseProcesses()) - before[1]) / requests,
  }
}

async function askUntilOver(
  peer: Peer,
  token: string,
  asked: (index: number) => Asked,
  startedAt: number
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let count = 0
  while (performance.now() - startedAt < ROUND_MS) {
    await ask(agent, peer.port, token, asked(count++))
  }
  agent.destroy()
  return count
}

/** @throws unless it succeeds */
function ask(agent: Agent, port: number, token: string, { method, path, body }: Asked): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }
  return new Promise((resolve, reject) => {
    request({ agent, port, path, method, headers, host: '127.0.0.1' }, (response) => {
      response.resume()
      response.once('end', () =>
        response.statusCode! < 300 ? resolve() : reject(new Error(`${path} answers ${response.statusCode}`))
      )
    })
      .once('error', reject)
      .end(body && JSON.stringify(body))
  })
}

function sumOf(pids: readonly number[]): number {
  return [...serverTimes(pids).values()].reduce((sum, ms) => sum + ms, 0)
}

/** Processes of PostgreSQL that are below this one: its own, and none of another server's. */
function databaseProcesses(): number[] {
  const childrenOf = (pid: number): number[] =>
    readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  const isPostgres = (pid: number) => readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  return childrenOf(process.pid)
    .filter(isPostgres)
    .flatMap((pid) => [pid, ...childrenOf(pid)])
}

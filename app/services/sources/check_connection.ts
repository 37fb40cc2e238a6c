import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { SourceError, type CheckStep } from '@laim/sdk'
import { isLoopback } from '#core/assets/ip_address'
import { refusedAddress } from './http/guarded_lookup.js'
import { isRefusedHost } from './http/refused_addresses.js'
import type { HttpTarget } from './http/target.js'
import { toTransportError } from './http/transport_faults.js'

const DAY_MS = 86_400_000
/** A certificate that ends sooner gets a warning. */
const EXPIRY_WARNING_DAYS = 21

export interface ConnectionToCheck {
  readonly target: HttpTarget
  readonly authorities: string[] | undefined
  readonly caSetting: string
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly now: Date
}

/** The steps before any HTTP: does the name mean an address, and is the certificate trusted. Sends no request. */
export async function checkConnection(connection: ConnectionToCheck): Promise<CheckStep[]> {
  const resolved = await checkName(connection.target)
  if (resolved.status === 'fail') {
    return [resolved, { id: 'tls', status: 'skip', message: 'Not tried, because the name has no address' }]
  }
  return [resolved, await checkTls(connection)]
}

async function checkName({ hostname }: HttpTarget): Promise<CheckStep> {
  if (isIP(hostname) !== 0) {
    return { id: 'resolve', status: 'pass', message: `${hostname} is an address` }
  }
  try {
    const found = await lookup(hostname, { all: true })
    const addresses = found.map(({ address }) => address)
    if (addresses.some(isRefusedHost)) {
      return failed('resolve', refusedAddress(hostname))
    }
    return { id: 'resolve', status: 'pass', message: `${hostname} is ${addresses.slice(0, 4).join(', ')}` }
  } catch {
    return failed(
      'resolve',
      new SourceError({
        kind: 'unreachable',
        code: 'E_SOURCE_DNS',
        message: `the name ${hostname} is not known to DNS`,
      })
    )
  }
}

async function checkTls(connection: ConnectionToCheck): Promise<CheckStep> {
  const { target, now } = connection
  if (!target.isTls && (target.hostname === 'localhost' || isLoopback(target.hostname))) {
    return { id: 'tls', status: 'skip', message: 'Not needed: the source answers on this machine' }
  }
  if (!target.isTls) {
    return { id: 'tls', status: 'warn', message: 'The URL is http://: credentials travel unencrypted' }
  }
  try {
    const certificate = await handshake(connection)
    const days = Math.floor((Date.parse(certificate.valid_to) - now.getTime()) / DAY_MS)
    const until = `valid until ${new Date(certificate.valid_to).toISOString().slice(0, 10)}`
    return days < EXPIRY_WARNING_DAYS
      ? { id: 'tls', status: 'warn', message: `The certificate is trusted but ends in ${days} days` }
      : { id: 'tls', status: 'pass', message: `The certificate of ${target.hostname} is trusted, ${until}` }
  } catch (cause) {
    const { caSetting, signal } = connection
    const error = toTransportError(cause, { target, caSetting, signal, requestName: 'the handshake', received: null })
    return failed('tls', error)
  }
}

function handshake({ target, authorities, timeoutMs, signal }: ConnectionToCheck): Promise<PeerCertificate> {
  const { promise, resolve, reject } = Promise.withResolvers<PeerCertificate>()
  const socket: TLSSocket = connect({
    host: target.hostname,
    port: target.port,
    ...(isIP(target.hostname) === 0 ? { servername: target.hostname } : {}),
    ...(authorities ? { ca: authorities } : {}),
  })
  const abort = () => socket.destroy(signal.reason)
  signal.addEventListener('abort', abort, { once: true })
  socket.setTimeout(timeoutMs, () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })))
  socket.once('secureConnect', () => resolve(socket.getPeerCertificate()))
  socket.once('error', reject)
  return promise.finally(() => {
    signal.removeEventListener('abort', abort)
    socket.destroy()
  })
}

function failed(id: CheckStep['id'], error: SourceError): CheckStep {
  return { id, status: 'fail', message: error.message, error: error.toJSON() }
}

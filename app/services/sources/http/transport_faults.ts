import { SourceError } from '@laim/sdk'
import { DeadlineExceeded } from './deadline.js'
import type { HttpTarget } from './target.js'

/** What is known when a request breaks. */
export interface BrokenRequest {
  readonly target: HttpTarget
  readonly requestName: string
  /** The variable or key that holds the file of authorities, for the advice. */
  readonly caSetting: string
  /** Decoded bytes of the body so far; null before the body began. */
  readonly received: number | null
  readonly signal: AbortSignal
}

type Fault = Pick<SourceError, 'kind' | 'code'> & { readonly message: string }

/** Turns whatever sockets, TLS, the HTTP parser and zlib throw into one line with a cause of its own. */
export function toTransportError(error: unknown, request: BrokenRequest): SourceError {
  if (SourceError.is(error)) {
    return error
  }
  if (request.signal.aborted) {
    return new SourceError({ kind: 'cancelled', code: 'E_SOURCE_CANCELLED', message: 'the request was cancelled' })
  }
  const fault = findFault(error, request)
  return new SourceError({ ...fault, detail: { request: request.requestName } }, { cause: error })
}

function findFault(error: unknown, request: BrokenRequest): Fault {
  const { target, requestName, received } = request
  const code = toCode(error)
  if (error instanceof DeadlineExceeded) {
    return timeout(`${target.name} did not finish the answer to ${requestName} within ${seconds(error.limitMs)}`)
  }
  return (
    findTlsFault(code, error, request) ??
    (received === null ? undefined : findBodyFault(code, received, request)) ??
    findConnectFault(code, request) ?? {
      kind: 'unreachable',
      code: 'E_SOURCE_UNREACHABLE',
      message: `${requestName} at ${target.name} failed (${code || 'unknown cause'})`,
    }
  )
}

function findConnectFault(code: string, { target, requestName }: BrokenRequest): Fault | undefined {
  const unreachable = (name: string, message: string): Fault => ({ kind: 'unreachable', code: name, message })
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_NODATA':
      return unreachable('E_SOURCE_DNS', `the name ${target.hostname} is not known to DNS`)
    case 'ECONNREFUSED':
      return unreachable('E_SOURCE_CONNECTION_REFUSED', `${target.name} refuses connections; is it running there?`)
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return unreachable('E_SOURCE_NO_ROUTE', `there is no route to ${target.name}`)
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return unreachable(
        'E_SOURCE_CONNECTION_RESET',
        target.isTls
          ? `${target.name} closed the connection during the TLS handshake or before it answered ${requestName}`
          : `${target.name} closed the connection before it answered ${requestName}`
      )
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return timeout(`${target.name} does not accept the connection (no answer to the first packets)`)
    case 'UND_ERR_HEADERS_TIMEOUT':
      return timeout(`${target.name} accepted ${requestName} but does not answer`)
    case 'UND_ERR_HEADERS_OVERFLOW':
      return badPayload('E_SOURCE_HEADERS', `${target.name} sends too many headers`)
    case 'UND_ERR_INVALID_ARG':
      return {
        kind: 'config',
        code: 'E_SOURCE_HEADER_VALUE',
        message: 'a credential contains characters that cannot be sent in a header',
      }
  }
  return code.startsWith('HPE_')
    ? badPayload('E_SOURCE_NOT_HTTP', `${target.name} does not speak HTTP (at ${requestName})`)
    : undefined
}

function findBodyFault(code: string, received: number, { target, requestName }: BrokenRequest): Fault | undefined {
  switch (code) {
    case 'UND_ERR_BODY_TIMEOUT':
      return timeout(`${target.name} stopped sending after ${received} bytes (at ${requestName})`)
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
    case 'HPE_INVALID_EOF_STATE':
    case 'Z_BUF_ERROR':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return cutOff(received, requestName)
  }
  return code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('ERR_BROTLI')
    ? badPayload('E_SOURCE_ENCODING', `the compression of the answer is broken (at ${requestName})`)
    : undefined
}

/** Codes of OpenSSL's verification, as Node names them. */
function findTlsFault(code: string, error: unknown, { target, caSetting }: BrokenRequest): Fault | undefined {
  const tls = (name: string, message: string): Fault => ({ kind: 'tls', code: name, message })
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return tls('E_SOURCE_CERTIFICATE_EXPIRED', `the certificate of ${target.name} has expired; renew it there`)
    case 'CERT_NOT_YET_VALID':
      return tls(
        'E_SOURCE_CERTIFICATE_NOT_YET_VALID',
        `the certificate of ${target.name} is not valid yet; check the clocks`
      )
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return tls(
        'E_SOURCE_CERTIFICATE_NAME',
        `the certificate of ${target.name} is for other names${namesOf(error)}; use one of them in the URL`
      )
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return tls(
        'E_SOURCE_CERTIFICATE_UNTRUSTED',
        `the certificate of ${target.name} is self-signed or from an authority that is not trusted here; put the authority's certificate (PEM) into a file and name it in ${caSetting}`
      )
    case 'EPROTO':
      return tls('E_SOURCE_NO_TLS', `${target.name} does not speak TLS on port ${target.port}; is it an http:// URL?`)
  }
  return code.startsWith('ERR_SSL_') || code.startsWith('CERT_')
    ? tls('E_SOURCE_TLS', `no TLS connection to ${target.name} (${code})`)
    : undefined
}

/** The body ended before the JSON or the announced length did. */
export function cutOff(received: number, requestName: string): Fault {
  return badPayload('E_SOURCE_CUT_OFF', `the response was cut off after ${received} bytes (at ${requestName})`)
}

function timeout(message: string): Fault {
  return { kind: 'timeout', code: 'E_SOURCE_TIMEOUT', message }
}

function badPayload(code: string, message: string): Fault {
  return { kind: 'bad_payload', code, message }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}

/** The code of the innermost error that has one: undici and happy eyeballs wrap. */
function toCode(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; depth++) {
    if ('code' in cause && typeof cause.code === 'string' && cause.code !== '') return cause.code
    if (cause.name === 'HTTPParserError') return 'HPE_UNKNOWN'
    cause = cause instanceof AggregateError ? cause.errors[0] : cause.cause
  }
  return ''
}

/** Names of a certificate are the peer's text: only what can stand in a host name is shown. */
function namesOf(error: unknown): string {
  const names = String((error as { cert?: { subjectaltname?: unknown } }).cert?.subjectaltname ?? '')
  const clean = names.replace(/[^\w.:*, -]/g, '').slice(0, 120)
  return clean ? ` (${clean})` : ''
}

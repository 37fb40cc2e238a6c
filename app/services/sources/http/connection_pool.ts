import { readFileSync } from 'node:fs'
import { rootCertificates } from 'node:tls'
import { SourceError } from '@laim/sdk'
import { Pool } from 'undici'
import { guardedLookup } from './guarded_lookup.js'
import type { HttpLimits } from './limits.js'
import type { HttpTarget } from './target.js'

const CONNECTIONS = 4
const MAX_HEADER_BYTES = 64 * 1024

/** Connections to one origin: TLS verified, names guarded, redirects unknown. Close it when the work is done. */
export function openConnections(target: HttpTarget, limits: HttpLimits, authorities?: string[]): Pool {
  return new Pool(target.origin, {
    connections: CONNECTIONS,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.idleMs,
    connect: {
      timeout: limits.connectMs,
      lookup: guardedLookup,
      rejectUnauthorized: true,
      ...(authorities ? { ca: authorities } : {}),
    },
  })
}

/**
 * The public authorities and those of a PEM file.
 *
 * @throws SourceError `config` when the file cannot be read or holds no certificate
 */
export function readAuthorities(caFile: string, caSetting: string): string[] {
  const refuse = (reason: string, cause?: unknown) =>
    new SourceError(
      { kind: 'config', code: 'E_SOURCE_CA_FILE', message: `${caSetting}: ${caFile} ${reason}` },
      { cause }
    )

  let pem: string
  try {
    pem = readFileSync(caFile, 'utf8')
  } catch (cause) {
    throw refuse('cannot be read', cause)
  }
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw refuse('holds no PEM certificate')
  }
  return [...rootCertificates, pem]
}

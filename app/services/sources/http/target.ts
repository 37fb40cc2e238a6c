import type { HttpRequest } from '@laim/sdk'
import { SourceError } from '@laim/sdk'
import { isRefusedHost } from './refused_addresses.js'

/** Where a source answers: its origin and the path below which everything lies. */
export interface HttpTarget {
  readonly origin: string
  /** Without a slash at its end; `''` for the root. */
  readonly basePath: string
  readonly hostname: string
  readonly port: number
  readonly isTls: boolean
  /** `nms.example.org`, with the port when it is not the usual one; how messages name the peer. */
  readonly name: string
}

/**
 * Reads the base URL of a source.
 *
 * @throws SourceError `config` for what is no http(s) URL, carries credentials, or names a refused address
 */
export function parseTarget(baseUrl: string): HttpTarget {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw badUrl('the URL must begin with http:// or https:// and name a host')
  }
  if (url.username || url.password) {
    throw badUrl('the URL must not contain a user name or password')
  }
  if (isRefusedHost(url.hostname)) {
    throw badUrl('the URL names a link-local or metadata address')
  }

  const isTls = url.protocol === 'https:'
  return {
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (isTls ? 443 : 80),
    isTls,
    name: url.host,
  }
}

/**
 * Path and query of a request on its target. Paths are relative to the base path, with or without a slash.
 *
 * @throws SourceError `contract` for what would leave the origin or the base path
 */
export function toRequestPath(target: HttpTarget, { path, query = {} }: HttpRequest): string {
  const isAbsolute = /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i.test(path)
  const reference = isAbsolute ? path : `${target.basePath}/${path.replace(/^[/\\]+/, '')}`
  const url = URL.canParse(reference, target.origin) ? new URL(reference, target.origin) : null
  if (!url || url.origin !== target.origin || !`${url.pathname}/`.startsWith(`${target.basePath}/`)) {
    throw new SourceError({
      kind: 'contract',
      code: 'E_SOURCE_FOREIGN_URL',
      message: `a request was aimed outside ${target.origin}${target.basePath}; only paths below it are allowed`,
    })
  }

  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.append(name, String(value))
    }
  }
  return url.pathname + url.search
}

/** The request as messages show it: method and path, never the query, which may carry a secret. */
export function toRequestName({ method = 'GET' }: HttpRequest, requestPath: string): string {
  return `${method} ${requestPath.replace(/\?.*$/s, '').slice(0, 200)}`
}

function badUrl(message: string) {
  return new SourceError({ kind: 'config', code: 'E_SOURCE_URL', message })
}

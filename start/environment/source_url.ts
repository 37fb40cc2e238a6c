import { isRefusedHost } from '#services/sources/http/refused_addresses'

/** Why the URL of a source cannot be used, as the end of a sentence; null when it can. */
export function refusalOfSourceUrl(value: string): string | null {
  if (!URL.canParse(value)) {
    return 'is not a URL'
  }
  const { protocol, hostname, username, password } = new URL(value)
  if (protocol !== 'http:' && protocol !== 'https:') {
    return 'must begin with http:// or https://'
  }
  if (username || password) {
    return 'must not contain a user name or password'
  }
  return isRefusedHost(hostname) ? 'names a link-local or metadata address' : null
}

/** URL of a source's API; undefined when the source is not configured. */
export function sourceUrl(name: string, value?: string): string | undefined {
  const refusal = value === undefined ? null : refusalOfSourceUrl(value)
  if (refusal) {
    throw new Error(`${name} ${refusal}. Example: ${name}=https://source.example.org`)
  }
  return value
}

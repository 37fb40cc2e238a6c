import { isIP } from 'node:net'

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i

/** Segments of characters that no proxy or browser writes in another way. */
const BASE_PATH = /^(\/[\w.~-]+)*\/?$/

/** Where people reach LAIM, without a slash at the end; by default this machine on the port that is served. */
export function publicUrl(name: string, value?: string): string {
  if (value === undefined) {
    return `http://localhost:${process.env.PORT}`
  }
  const example = `Example: ${name}=https://laim.example.org`
  const url = URL.canParse(value) ? new URL(value) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`${name} must be a URL that begins with http:// or https://. ${example}`)
  }
  if (!BASE_PATH.test(url.pathname) || url.search !== '' || url.hash !== '') {
    throw new Error(`${name} must end with the host, the port or a plain path such as /laim. ${example}`)
  }
  return url.origin + url.pathname.replace(/\/$/, '')
}

/** Address to listen on, under the name that AdonisJS reads; LAIM's own is APP_HOST. */
export function listenAddress(_name: string, value = '0.0.0.0'): string {
  if (isIP(value) === 0 && !HOST_NAME.test(value)) {
    throw new Error('APP_HOST must be an address or a host name. Example: APP_HOST=127.0.0.1')
  }
  return value
}

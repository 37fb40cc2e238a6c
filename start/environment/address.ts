import { isIP } from 'node:net'

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i

/** Where people reach LAIM; by default this machine on the port that is served. */
export function publicUrl(name: string, value?: string): string {
  if (value === undefined) {
    return `http://localhost:${process.env.PORT}`
  }
  const protocol = URL.canParse(value) ? new URL(value).protocol : null
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new Error(
      `${name} must be a URL that begins with http:// or https://. Example: ${name}=https://laim.example.org`
    )
  }
  return value
}

/** Address to listen on, under the name that AdonisJS reads; LAIM's own is APP_HOST. */
export function listenAddress(_name: string, value = '0.0.0.0'): string {
  if (isIP(value) === 0 && !HOST_NAME.test(value)) {
    throw new Error('APP_HOST must be an address or a host name. Example: APP_HOST=127.0.0.1')
  }
  return value
}

import { SourceError } from '@laim/sdk'

/** The user name or the password is wrong. */
export function loginRefused(cause?: unknown): SourceError {
  return new SourceError(
    {
      kind: 'auth',
      code: 'E_NETDISCO_LOGIN_REFUSED',
      message: 'Netdisco refused the user name or the password; check NETDISCO_USERNAME and NETDISCO_PASSWORD.',
    },
    { cause }
  )
}

/** Logging in works and the key it gave does not, even when it is fresh. */
export function keyRefused(boundToAddresses: boolean, cause?: unknown): SourceError {
  return new SourceError(
    {
      kind: 'auth',
      code: 'E_NETDISCO_KEY_REFUSED',
      message: boundToAddresses
        ? 'Netdisco binds the keys of this user to client addresses and refuses this one; add it to the allowed IPs of the user in Netdisco.'
        : 'Netdisco accepted the login and refused the key it gave; see that no proxy drops the Authorization header and that the clocks of Netdisco and its database agree.',
    },
    { cause }
  )
}

/** Netdisco's own error page, whatever the reason; trying again may help. */
export function crashed(request: string, cause: unknown): SourceError {
  return new SourceError(
    {
      kind: 'unavailable',
      code: 'E_NETDISCO_CRASHED',
      message: `Netdisco failed on its side (500 at ${request}); look at netdisco-web.log there, and see that its database runs.`,
      detail: { request },
    },
    { cause }
  )
}

/** The login page answers the API: the user may not read this part. */
export function roleMissing(path: string): SourceError {
  return new SourceError({
    kind: 'permission',
    code: 'E_NETDISCO_ROLE_MISSING',
    message: `Netdisco does not let this user read ${path}; give the user the rights to it in Netdisco.`,
    detail: { path },
  })
}

/** Redirects are not followed, so that the key goes to no other place. */
export function redirected(path: string, location: string | undefined): SourceError {
  const target = toAddress(location, path)
  return new SourceError({
    kind: 'config',
    code: 'E_NETDISCO_REDIRECTED',
    message: target
      ? `Netdisco's address redirects to ${target}; set NETDISCO_API_URL to the address it ends at.`
      : 'Netdisco redirects API calls to a web page; see that no proxy changes the Accept header.',
    detail: { path },
  })
}

/** Something answers at the address, and it is not Netdisco's API. */
export function notFound(path: string): SourceError {
  return new SourceError({
    kind: 'config',
    code: 'E_NETDISCO_NOT_FOUND',
    message: `There is no Netdisco API at this address (${path} is unknown there); set NETDISCO_API_URL to the address of Netdisco's start page, with its path.`,
    detail: { path },
  })
}

/** A web page came with status 200, whatever its content type says. */
export function answeredPage(path: string): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_NETDISCO_ANSWERED_PAGE',
    message: `Expected JSON from ${path} and got a web page (text/html); see that NETDISCO_API_URL names Netdisco itself and no proxy puts a sign-in page or its own Accept header in between.`,
    detail: { path },
  })
}

/** Netdisco exports tables as CSV to whoever does not ask for JSON. */
export function answeredCsv(path: string): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_NETDISCO_ANSWERED_CSV',
    message: `Expected JSON from ${path} and got CSV, because the Accept header did not arrive; let the proxy in front of Netdisco pass it on.`,
    detail: { path },
  })
}

/** Neither JSON nor anything known, most often an answer that ends in the middle. */
export function brokenJson(path: string, characters: number, cause?: unknown): SourceError {
  return new SourceError(
    {
      kind: 'bad_payload',
      code: 'E_NETDISCO_BROKEN_JSON',
      message: `The answer of ${path} is no JSON or was cut off after ${characters} characters; read again, and look at the logs of Netdisco and its proxy.`,
      detail: { path, characters },
    },
    { cause }
  )
}

/** Valid JSON that is not what this path gives. */
export function unexpectedShape(path: string, status: number, expected: string): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_NETDISCO_UNEXPECTED_SHAPE',
    message: `Expected ${expected} from ${path} and got something else (status ${status}); see that the address is Netdisco's and its version is 2.052 or newer.`,
    detail: { path, status },
  })
}

/** Paging that does not move on would never end. */
export function endlessPaging(offset: number): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_NETDISCO_ENDLESS_PAGING',
    message: `Netdisco answered the page at ${offset} with nothing new and does not come to an end; see that no proxy drops the query string.`,
    detail: { offset },
  })
}

/** What the address would be: scheme, host and path of a Location, without its query and the path asked for. */
function toAddress(location: string | undefined, path: string): string | null {
  if (!location || !URL.canParse(location)) return null
  const { origin, pathname } = new URL(location)
  return `${origin}${pathname.endsWith(path) ? pathname.slice(0, -path.length) : pathname}`
}

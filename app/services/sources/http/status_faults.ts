import { SourceError } from '@laim/sdk'
import type { HttpTarget } from './target.js'
import { parseRetryAfter } from './retry_after.js'

/** A status line and the two headers that explain it. */
export interface RefusedAnswer {
  readonly status: number
  readonly requestName: string
  readonly retryAfter: string | undefined
  readonly location: string | undefined
}

/** Turns a status that is no success into the error that says what to do about it. Bodies are never quoted. */
export function toStatusError(target: HttpTarget, answer: RefusedAnswer, now: Date): SourceError {
  const { status, requestName } = answer
  const at = `(${status} at ${requestName})`
  const detail = { status, request: requestName }
  const fault = (kind: SourceError['kind'], code: string, message: string) =>
    new SourceError({ kind, code, message, detail })

  if (status >= 300 && status < 400) {
    return redirectError(target, answer)
  }
  switch (status) {
    case 401:
      return fault('auth', 'E_SOURCE_UNAUTHORIZED', `${target.name} refused the credentials ${at}`)
    case 403:
      return fault('permission', 'E_SOURCE_FORBIDDEN', `${target.name} does not let this account read ${at}`)
    case 404:
      return fault('bad_payload', 'E_SOURCE_NOT_FOUND', `${target.name} has no such page; check the URL ${at}`)
    case 408:
      return fault('timeout', 'E_SOURCE_TIMEOUT', `${target.name} gave up waiting for the request ${at}`)
    case 429:
      return delayError(target, answer, now)
    case 503:
      return answer.retryAfter
        ? delayError(target, answer, now)
        : fault('unavailable', 'E_SOURCE_UNAVAILABLE', `${target.name} is not available ${at}`)
  }
  return status >= 500
    ? fault('unavailable', 'E_SOURCE_UNAVAILABLE', `${target.name} failed on its side ${at}`)
    : fault('bad_payload', 'E_SOURCE_REFUSED', `${target.name} refused the request ${at}`)
}

/** Redirects are never followed: the credentials would travel along. */
function redirectError(target: HttpTarget, { status, requestName, location }: RefusedAnswer): SourceError {
  const aim = location && URL.canParse(location, target.origin) ? new URL(location, target.origin) : null
  const path = aim?.pathname.toLowerCase() ?? ''
  const to = aim ? `${aim.origin === target.origin ? '' : aim.origin}${aim.pathname}`.slice(0, 200) : 'nowhere'
  const at = `(${status} to ${to} at ${requestName})`
  const detail = { status, request: requestName }

  if (/denied|forbidden/.test(path)) {
    const message = `${target.name} does not let this account read ${at}`
    return new SourceError({ kind: 'permission', code: 'E_SOURCE_FORBIDDEN', message, detail })
  }
  if (aim?.origin === target.origin && /log-?in|sign-?in|sso|saml|auth/.test(path)) {
    const message = `${target.name} asks to log in instead of answering ${at}`
    return new SourceError({ kind: 'auth', code: 'E_SOURCE_UNAUTHORIZED', message, detail })
  }
  const message = `${target.name} redirects, which is not followed; set the URL to where the API answers ${at}`
  return new SourceError({ kind: 'bad_payload', code: 'E_SOURCE_REDIRECT', message, detail })
}

function delayError(target: HttpTarget, answer: RefusedAnswer, now: Date): SourceError {
  const { status, requestName } = answer
  const detail = { status, request: requestName }
  const asked = parseRetryAfter(answer.retryAfter, now)
  if (asked.kind === 'unreadable') {
    const message = `${target.name} is busy and asks for a wait that makes no sense: Retry-After "${asked.value}" (${status} at ${requestName})`
    return new SourceError({ kind: 'rate_limited', code: 'E_SOURCE_RETRY_AFTER', message, detail })
  }
  const wait = asked.kind === 'wait' ? `; it asks to wait ${Math.ceil(asked.ms / 1000)} s` : ''
  const message = `${target.name} gets too many requests${wait} (${status} at ${requestName})`
  return new SourceError({
    kind: 'rate_limited',
    code: 'E_SOURCE_RATE_LIMITED',
    message,
    detail,
    ...(asked.kind === 'wait' ? { retryAfterMs: asked.ms } : {}),
  })
}

import { Exception } from '@adonisjs/core/exceptions'
import { type FieldFault } from '#core/assets/errors'

/** The request carries no valid token. Sign in and send the token. */
export class NotSignedIn extends Exception {
  static status = 401
  static code = 'E_NOT_SIGNED_IN'
  static message = 'Sign in first: the request has no valid access token'
}

/** Wrong user name, wrong password or an account that was switched off: one answer for all three. */
export class InvalidCredentials extends Exception {
  static status = 401
  static code = 'E_INVALID_CREDENTIALS'
  static message = 'The username or the password is wrong'
}

/** Too many failed sign-ins. `retryAfter` is in seconds. */
export class TooManyAttempts extends Exception {
  static status = 429
  static code = 'E_TOO_MANY_ATTEMPTS'
  readonly retryAfter: number
  constructor(retryAfter: number) {
    super(`Too many failed attempts to sign in: try again in ${retryAfter} seconds`)
    this.retryAfter = retryAfter
  }
}

/** A token sent more requests than its quota in this minute. `retryAfter` is in seconds. */
export class TooManyRequests extends Exception {
  static status = 429
  static code = 'E_TOO_MANY_REQUESTS'
  readonly limit: number
  readonly retryAfter: number
  constructor(limit: number, retryAfter: number) {
    super(`This token may send ${limit} requests a minute: try again in ${retryAfter} seconds`)
    this.limit = limit
    this.retryAfter = retryAfter
  }
}

/** The role, or the token in use, does not hold the permission. Ask a superuser, or use another token. */
export class PermissionDenied extends Exception {
  static status = 403
  static code = 'E_PERMISSION_DENIED'
  constructor(permission: string) {
    super(`This needs the permission ${permission}`)
  }
}

/** A page of another site made the browser send this request. */
export class ForeignOrigin extends Exception {
  static status = 403
  static code = 'E_FOREIGN_ORIGIN'
  static message =
    'The request comes from a page of another origin: send it from this site, or with an Authorization header'
}

/** The actor's own role does not reach that far. */
export class RankExceeded extends Exception {
  static status = 403
  static code = 'E_RANK_EXCEEDED'
}

/** Without a superuser nobody could manage users any more: make another one first. */
export class LastSuperuser extends Exception {
  static status = 409
  static code = 'E_LAST_SUPERUSER'
  static message = 'This is the last active superuser: make another user superuser first'
}

export class UserNotFound extends Exception {
  static status = 404
  static code = 'E_USER_NOT_FOUND'
  constructor(id: number | string) {
    super(`There is no user ${id}`)
  }
}

/** Another user has this username or e-mail address. */
export class UserTaken extends Exception {
  static status = 409
  static code = 'E_USER_TAKEN'
  readonly faults: readonly FieldFault[]
  constructor(field: 'username' | 'email') {
    const message = `Another user has this ${field}`
    super(message)
    this.faults = [{ field, message, rule: 'unique' }]
  }
}

/** A new password that must not be used, or a current one that is wrong. */
export class RefusedPassword extends Exception {
  static status = 422
  static code = 'E_REFUSED_PASSWORD'
  readonly faults: readonly FieldFault[]
  constructor(fault: FieldFault) {
    super(fault.message)
    this.faults = [fault]
  }
}

export class TokenNotFound extends Exception {
  static status = 404
  static code = 'E_TOKEN_NOT_FOUND'
  constructor(id: number | string) {
    super(`You have no token ${id}`)
  }
}

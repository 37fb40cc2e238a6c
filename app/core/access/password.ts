import { type FieldFault } from '#core/assets/errors'

const PASSWORD_MIN_LENGTH = 12

/** Long enough for any phrase, short enough that hashing one is never an attack. */
export const PASSWORD_MAX_LENGTH = 256

/** The passwords that the documentation of LAIM 1.0 printed: everybody knows them. */
const DOCUMENTED_DEFAULTS = new Set(['superadmin123!', 'admin123!'])

export interface PasswordRules {
  readonly username: string
  /** In production the documented passwords of 1.0 are refused. */
  readonly production: boolean
}

/**
 * What is wrong with a new password, or null. Length is the only rule of composition; a password that is the user's
 * own name is no secret. `field` is the name under which the input came.
 */
export function findPasswordFault(password: string, field: string, rules: PasswordRules): FieldFault | null {
  if (rules.production && DOCUMENTED_DEFAULTS.has(password.toLowerCase())) {
    return {
      field,
      message: `The ${field} is a documented default of LAIM 1.0: choose another`,
      rule: 'documentedDefault',
    }
  }
  if (password.length < PASSWORD_MIN_LENGTH) {
    return {
      field,
      message: `The ${field} must have at least ${PASSWORD_MIN_LENGTH} characters`,
      rule: 'minLength',
    }
  }
  if (password.length > PASSWORD_MAX_LENGTH) {
    return {
      field,
      message: `The ${field} must have at most ${PASSWORD_MAX_LENGTH} characters`,
      rule: 'maxLength',
    }
  }
  if (password.toLowerCase() === rules.username.toLowerCase()) {
    return { field, message: `The ${field} must differ from the username`, rule: 'notUsername' }
  }
  return null
}

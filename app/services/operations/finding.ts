/** `warn`: works, but a person should look. `fix` is null where nothing is to be done. */
export interface Finding {
  readonly check: string
  readonly status: 'pass' | 'warn' | 'fail'
  readonly message: string
  readonly fix: string | null
}

export function pass(check: string, message: string): Finding {
  return { check, status: 'pass', message, fix: null }
}

export function warn(check: string, message: string, fix: string): Finding {
  return { check, status: 'warn', message, fix }
}

export function fail(check: string, message: string, fix: string | null = null): Finding {
  return { check, status: 'fail', message, fix }
}

/** What the simulated server answers; `isCut` drops the connection in the middle of the body. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly type: string
  readonly isCut?: boolean
}

/** LibreNMS prints its JSON over many lines (JSON_PRETTY_PRINT). */
export function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value, null, 4), type: 'application/json' }
}

/** The envelope of a list. `count` is only there for what PHP holds as an array: not for ports. */
export function list(name: string, rows: readonly unknown[], hasCount: boolean): Answer {
  return json({ status: 'ok', [name]: rows, ...(hasCount && { count: rows.length }) })
}

/** An error of LibreNMS's own. */
export function error(status: number, message: string): Answer {
  return json({ status: 'error', message }, status)
}

/** An error of the framework it is built on: no `status` in the body. */
export function frameworkError(status: number, message: string): Answer {
  return json({ message }, status)
}

export function page(title: string): Answer {
  return {
    status: 200,
    body: `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${title}</body></html>`,
    type: 'text/html; charset=UTF-8',
  }
}

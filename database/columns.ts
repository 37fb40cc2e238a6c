/*
| The two places where SQLite and PostgreSQL return the same column differently: JSON (text against an object) and
| times (ISO text against a Date). Every raw query reads and writes such columns through these functions.
*/

interface Dialect {
  readonly dialect: { readonly name: string }
}

/** True on PostgreSQL, false on SQLite: the only two databases there are. */
export function isPostgres(database: Dialect): boolean {
  return database.dialect.name === 'postgres'
}

/** The value of a JSON column. Null stays null. */
export function fromJson<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T
}

/** A time column as ISO 8601 in UTC with milliseconds, or null. */
export function toIso(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null
  }
  if (value instanceof Date) {
    return value.toISOString()
  }
  const text = String(value)
  return text.includes('T') ? text : new Date(`${text.replace(' ', 'T')}Z`).toISOString()
}

/** A piece of SQL with the values of its placeholders (`?`), in order. Values never stand in the text. */
export interface Sql {
  readonly text: string
  readonly bindings: readonly unknown[]
}

export function sql(text: string, bindings: readonly unknown[] = []): Sql {
  return { text, bindings }
}

/** Joins pieces with a text between them. */
export function join(pieces: readonly Sql[], separator: string): Sql {
  return sql(
    pieces.map(({ text }) => text).join(separator),
    pieces.flatMap(({ bindings }) => bindings)
  )
}

/** A condition that holds when all of these hold; without any, always. */
export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql('true') : join(conditions, ' and ')
}

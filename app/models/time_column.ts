import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'
import { toIso } from '#database/columns'

/** A time of a model, stored as every other time: ISO 8601 in UTC with milliseconds, on both databases. */
export function timeColumn(options: { readonly autoCreate?: boolean; readonly autoUpdate?: boolean } = {}) {
  return column.dateTime({
    ...options,
    prepare: (value: DateTime | null | undefined) => value?.toUTC().toISO() ?? null,
    consume: (value: unknown) => {
      const iso = toIso(value)
      return iso === null ? null : DateTime.fromISO(iso, { zone: 'utc' })
    },
  })
}

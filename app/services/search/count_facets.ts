import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type AssetFilter, toSearchFilter } from './asset_query.js'
import { assetSearch } from './search_dialect.js'
import { allOf, join, sql } from './sql.js'

/** How many of each, by name. What nothing has is left out, and so are assets without a value. */
export type Counts = Record<string, number>

export type Facet = 'asset_type' | 'room' | 'source' | 'presence'

/** The filter's own choice in each facet: ignored there, so that the counts say what another choice would give. */
const CHOICES = {
  asset_type: 'types',
  room: 'room',
  source: 'source',
  presence: 'presence',
} as const satisfies Record<Facet, keyof AssetFilter>

/**
 * Counts the assets that a filter means by the values of these columns, and rows of something else, as one statement.
 * `others` are queries of a `name` and a `count`.
 */
export async function countFacets<Wanted extends Facet, Other extends string = never>(
  client: SqlClient,
  filter: AssetFilter,
  facets: readonly Wanted[],
  others = {} as Readonly<Record<Other, string>>
): Promise<Record<Wanted | Other, Counts>> {
  const search = assetSearch(client)
  const counting = facets.map((facet) => {
    const scan = search.everything(toSearchFilter({ ...filter, [CHOICES[facet]]: undefined }))
    const where = allOf(scan.conditions)
    return sql(
      `select '${facet}' as facet, a.${facet} as name, cast(count(*) as int) as count
       from ${scan.from} where ${where.text} group by a.${facet}`,
      where.bindings
    )
  })
  const besides = Object.entries(others).map(([name, query]) => sql(`select '${name}' as facet, o.* from (${query}) o`))
  const { text, bindings } = join([...counting, ...besides], ' union all ')
  const rows = await selectRows<{ facet: string; name: string | null; count: number }>(client, text, bindings)

  const names = [...facets, ...Object.keys(others)]
  const counts: Record<string, Counts> = Object.fromEntries(names.map((name) => [name, {}]))
  for (const { facet, name, count } of rows) {
    if (name !== null) {
      counts[facet]![name] = count
    }
  }
  return counts as Record<Wanted | Other, Counts>
}

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

/** Counts the assets that a filter means by the values of these columns, with one statement. */
export async function countFacets<Wanted extends Facet>(
  client: SqlClient,
  filter: AssetFilter,
  facets: readonly Wanted[]
): Promise<Record<Wanted, Counts>> {
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
  const { text, bindings } = join(counting, ' union all ')
  const rows = await selectRows<{ facet: Wanted; name: string | null; count: number }>(client, text, bindings)

  const counts: Record<string, Counts> = Object.fromEntries(facets.map((facet) => [facet, {}]))
  for (const { facet, name, count } of rows) {
    if (name !== null) {
      counts[facet]![name] = count
    }
  }
  return counts as Record<Wanted, Counts>
}

import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { type CappedCount, type SearchFilter } from './asset_query.js'
import { MOMENT } from './at_this_moment.js'
import { assetSearch } from './search_dialect.js'
import { allOf } from './sql.js'

/** Counts are exact up to here. */
const COUNT_LIMIT = 10_000

/** So many matches are gathered and sorted; more are met soon enough on a walk along the order. */
const GATHER_LIMIT = 1000

const MOST_KNOWN = 100

/** How many assets are meant, and which if they are few (at most 1000, in no order); else `ids` is null. */
export interface AssetMatches {
  readonly total: CappedCount
  readonly ids: readonly number[] | null
}

/** What filters meant at one moment: people turn pages and come back to lists far more often than anything changes. */
let known = { moment: '', matches: new Map<string, AssetMatches>() }

/**
 * Counts the assets that a filter means, with one statement that stops soon after 10 000. The same statement tells whether
 * anything was written since the filter was last counted, and counts only then.
 */
export async function matchAssets(client: SqlClient, filter: SearchFilter): Promise<AssetMatches> {
  const search = assetSearch(client)
  const scan = search.everything(filter)
  const where = allOf(scan.conditions)
  const question = JSON.stringify(where)
  const { moment: knownMoment, matches } = known
  const knownMatches = matches.get(question)

  const meant = `select a.id from ${scan.from} where ${where.text} limit ${COUNT_LIMIT + 1}`
  const found = filter.words.length > 0 ? collect(meant, search.jsonArray) : countFirst(meant, search.jsonArray)
  const [row] = await selectRows<{ moment: string; found: string | null }>(
    client,
    `select moment, case when moment = ? then null else (${found}) end as found from (${MOMENT}) clock`,
    [knownMatches ? knownMoment : '', ...where.bindings]
  )
  const { moment, found: text } = row!
  return text === null ? knownMatches! : remember(moment, question, toMatches(text))
}

function remember(moment: string, question: string, matches: AssetMatches): AssetMatches {
  if (known.moment !== moment || known.matches.size >= MOST_KNOWN) {
    known = { moment, matches: new Map() }
  }
  known.matches.set(question, matches)
  return matches
}

/** In one go: looking for words a second time would take longer than collecting ids that turn out to be too many. */
function collect(matches: string, jsonArray: string): string {
  return `select ${countAnd(`${jsonArray}(m.id)`)} from (${matches}) m`
}

/** Looks a second time, for the ids, only if they are few. */
function countFirst(matches: string, jsonArray: string): string {
  return `with m as not materialized (${matches})
          select ${countAnd(`(select ${jsonArray}(m.id) from m)`)} from m`
}

/** JSON of the count and the ids: one value, which a statement can leave out. */
function countAnd(ids: string): string {
  return `'[' || count(*) || ', '
          || coalesce(case when count(*) <= ${GATHER_LIMIT} then cast(${ids} as text) end, 'null') || ']'`
}

function toMatches(text: string): AssetMatches {
  const [count, ids] = JSON.parse(text) as [number, number[] | null]
  return {
    total: { count: Math.min(count, COUNT_LIMIT), exact: count <= COUNT_LIMIT },
    ids: count === 0 ? [] : ids,
  }
}

import { type SearchWord } from '#core/assets/search_text'
import { conditionsOf } from './asset_conditions.js'
import { type SearchFilter } from './asset_query.js'
import { type AssetScan, type AssetSearch } from './asset_search.js'
import { type AssetSort } from './asset_sort.js'
import { type Sql, sql } from './sql.js'

/** An index entry of the full text: this many letters, no fewer. */
const TRIGRAM = 3
const TRIGRAMS_OF_A_WORD = 16

/**
 * SQLite: the trigram index (FTS5, `detail=none`) names candidates that contain the trigrams of a word in any order and
 * place, so each is checked again. Words of one or two letters are in no trigram: they are looked for along the
 * covering index (hostname, id, the filters' columns, search), which reads no rows.
 */
export class SqliteAssetSearch implements AssetSearch {
  readonly jsonArray = 'json_group_array'

  everything(filter: SearchFilter): AssetScan {
    const words = filter.words.map(containsWord)
    const candidates = filter.words.map(toFullText).filter((text) => text !== null)
    if (candidates.length > 0) {
      const match = sql('f.assets_fts match ?', [candidates.join(' AND ')])
      return {
        from: 'assets_fts f cross join assets a on a.id = f.rowid',
        conditions: [match, ...words, ...conditionsOf(filter, 'lookup')],
      }
    }
    return words.length > 0
      ? {
          from: 'assets a indexed by assets_search',
          conditions: [...conditionsOf(filter, 'lookup'), ...words],
        }
      : { from: 'assets a', conditions: conditionsOf(filter, 'list') }
  }

  inOrder(filter: SearchFilter, sort: AssetSort): AssetScan {
    return {
      from: `assets a ${toIndex(filter, sort)}`,
      conditions: [...conditionsOf(filter, 'lookup'), ...filter.words.map(containsWord)],
    }
  }

  isAmong(expression: string, ids: readonly number[]): Sql {
    return sql(`${expression} in (select value from json_each(?))`, [JSON.stringify(ids)])
  }
}

/** `instr` compares bytes: it has no wildcards to escape, and no letters are alike. */
function containsWord({ text, macDigits }: SearchWord): Sql {
  return macDigits === null
    ? sql('instr(a.search, ?) > 0', [text])
    : sql('(instr(a.search, ?) > 0 or instr(a.search, ?) > 0)', [text, macDigits])
}

/** The full-text expression of a word; null if the index cannot narrow by it. */
function toFullText({ text, macDigits }: SearchWord): string | null {
  const readings = macDigits === null ? [toTrigrams(text)] : [toTrigrams(text), toTrigrams(macDigits)]
  return readings.includes(null) ? null : `(${readings.join(' OR ')})`
}

/** Adjoining trigrams of a word, the last one flush with its end: fewer lists to intersect than all of them. */
function toTrigrams(text: string): string | null {
  const letters = [...text]
  if (letters.length < TRIGRAM) {
    return null
  }
  const starts = letters.flatMap((_, index) => (index % TRIGRAM === 0 ? [index] : []))
  const trigrams = starts
    .map((start) => Math.min(start, letters.length - TRIGRAM))
    .map((start) => letters.slice(start, start + TRIGRAM).join(''))
    .map((trigram) => `"${trigram.replaceAll('"', '""')}"`)
  return `(${trigrams.slice(0, TRIGRAMS_OF_A_WORD).join(' AND ')})`
}

/** The index that is in the wanted order and knows most of the filter. */
function toIndex({ words, types = [], room }: SearchFilter, sort: AssetSort): string {
  if (sort.column === 'id') {
    return 'not indexed'
  }
  if (sort.column !== 'hostname') {
    return `indexed by assets_by_${sort.column}`
  }
  if (words.length > 0) {
    return 'indexed by assets_search'
  }
  if (room !== undefined) {
    return 'indexed by assets_room'
  }
  return types.length === 1 ? 'indexed by assets_type' : 'indexed by assets_hostname'
}

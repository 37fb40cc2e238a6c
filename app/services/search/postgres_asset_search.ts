import { type SearchWord } from '#core/assets/search_text'
import { conditionsOf } from './asset_conditions.js'
import { type SearchFilter } from './asset_query.js'
import { type AssetScan, type AssetSearch } from './asset_search.js'
import { type Sql, sql } from './sql.js'

/**
 * PostgreSQL: its planner knows how often a text occurs and chooses between the trigram index (GIN over `search`) and
 * a walk along the order; the indexes (column, id) serve both directions.
 */
export class PostgresAssetSearch implements AssetSearch {
  readonly jsonArray = 'json_agg'

  everything(filter: SearchFilter): AssetScan {
    return {
      from: 'assets a',
      conditions: [...conditionsOf(filter, 'list'), ...filter.words.map(containsWord)],
    }
  }

  inOrder(filter: SearchFilter): AssetScan {
    return {
      from: 'assets a',
      conditions: [...conditionsOf(filter, 'lookup'), ...filter.words.map(containsWord)],
    }
  }

  isAmong(expression: string, ids: readonly number[]): Sql {
    return sql(`${expression} = any(?)`, [ids])
  }
}

function containsWord({ text, macDigits }: SearchWord): Sql {
  return macDigits === null
    ? sql('a.search like ?', [toPattern(text)])
    : sql('(a.search like ? or a.search like ?)', [toPattern(text), toPattern(macDigits)])
}

/** A pattern that contains this text. `\` is what LIKE escapes with. */
function toPattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

import { type AssetTypeName } from '#core/assets/asset_type'
import { type Traits } from './evidence.js'

/**
 * One line of a table: all the conditions that stand in it must hold, and the first line that holds decides. A line
 * of type `Unknown` decides too: it says that the product cannot be told from what is known.
 */
export interface Rule {
  readonly type: AssetTypeName
  /** Ids of operating systems, separated by blanks; any of them. */
  readonly os?: string
  readonly vendor?: RegExp
  readonly model?: RegExp
  readonly description?: RegExp
  /** Model or description. */
  readonly text?: RegExp
  readonly version?: RegExp
  /** sysObjectID below the enterprises: `318.1.3.4.6`. */
  readonly objectId?: RegExp
  /** The source's own idea of the type, in lower case. */
  readonly sourceType?: RegExp
  readonly layers?: RegExp
}

/** A table made ready: the lines of one operating system, in order, and those that ask for none. */
export type RuleTable = ReadonlyMap<string, readonly Rule[]>

/** Key of the lines that hold for any operating system. */
const ANY = '*'

const TEXT_CONDITIONS = [
  'vendor',
  'model',
  'description',
  'text',
  'version',
  'objectId',
  'sourceType',
  'layers',
] as const satisfies readonly (keyof Rule & keyof Traits)[]

/** Keys the lines by operating system. A line that stands for several systems is found under each of them. */
export function toRuleTable(...tables: readonly (readonly Rule[])[]): RuleTable {
  const table = new Map<string, Rule[]>()
  for (const rule of tables.flat()) {
    for (const os of (rule.os ?? ANY).split(' ')) {
      table.set(os, [...(table.get(os) ?? []), rule])
    }
  }
  return table
}

/** The type of the first line that holds, the system's own lines before the general ones, or null. */
export function findType(table: RuleTable, traits: Traits): AssetTypeName | null {
  for (const key of [traits.os, ANY]) {
    const rule = table.get(key)?.find((line) => holds(line, traits))
    if (rule) {
      return rule.type
    }
  }
  return null
}

function holds(rule: Rule, traits: Traits): boolean {
  return TEXT_CONDITIONS.every((condition) => rule[condition]?.test(traits[condition]) ?? true)
}

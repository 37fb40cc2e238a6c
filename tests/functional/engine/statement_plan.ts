import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { selectRows } from '#services/sync/store/sql_client'

/** A statement as it was sent to the database. */
export interface SentStatement {
  readonly sql: string
  readonly bindings: readonly unknown[]
}

/** How a database executes a statement. */
export interface StatementPlan {
  /** The indexes that it looks things up in, each once, by name; a primary key is called `<table>_pkey`. */
  readonly indexes: string[]
  /** Tables, and whole indexes, that it reads from end to end. */
  readonly scans: string[]
}

/** Indexes of the few rows that need attention: reading all of one is what it is for. */
const SMALL_INDEXES = ['source_records_held', 'sync_runs_active', 'sync_runs_leftover', 'asset_identifiers_blocked']

/** What `work` asked of the database, without what begins and ends transactions. */
export async function sentDuring(work: () => Promise<unknown>): Promise<SentStatement[]> {
  const statements: SentStatement[] = []
  const { client } = db.connection().getWriteClient()
  const listen = ({ sql, bindings = [] }: SentStatement) => statements.push({ sql, bindings })
  client.on('query', listen)
  try {
    await work()
  } finally {
    client.off('query', listen)
  }
  return statements.filter(({ sql }) => !/^(begin|commit|rollback|savepoint|release|set|explain)\b/i.test(sql))
}

/**
 * How the database would execute a statement on large tables. PostgreSQL reads the small tables of a test whole: it is
 * asked what it would do if it could not, and for nested loops, which do not depend on what it knows of the tables.
 */
export function planOf(statement: SentStatement): Promise<StatementPlan> {
  return isPostgres(db.connection()) ? planOfPostgres(statement) : planOfSqlite(statement)
}

async function planOfSqlite({ sql, bindings }: SentStatement): Promise<StatementPlan> {
  const rows = await selectRows<{ detail: string }>(db.connection(), `explain query plan ${sql}`, bindings)
  const tables = tablesOf(sql)
  const indexes = new Set<string>()
  const scans: string[] = []
  for (const { detail } of rows) {
    const [, verb, alias = ''] = /^(SCAN|SEARCH) (\w+)/.exec(detail) ?? []
    const table = tables.get(alias)
    if (!table) {
      continue
    }
    const named = / INDEX (\w+)/.exec(detail)?.[1]?.replace(/^sqlite_autoindex_(\w+)_1$/, '$1_pkey')
    const index = named ?? (detail.includes('INTEGER PRIMARY KEY') ? `${table}_pkey` : undefined)
    if (index) {
      indexes.add(index)
    }
    if (verb === 'SCAN' && !SMALL_INDEXES.includes(index ?? '')) {
      scans.push(table)
    }
  }
  return { indexes: [...indexes].sort(), scans }
}

/** The tables of a statement by the names that it gives them. */
function tablesOf(sql: string): Map<string, string> {
  const tables = new Map<string, string>()
  for (const [, table, alias] of sql.matchAll(
    /(?<!distinct )\b(?:from|join|update|into)\s+(\w+)(?:\s+(?:as\s+)?(\w+))?/gi
  )) {
    tables.set(table!, table!)
    tables.set(alias ?? table!, table!)
  }
  tables.delete('jsonb_each')
  return tables
}

/** A step of a plan of PostgreSQL. */
interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Plans'?: PlanNode[]
}

const LARGE_TABLES_ONLY = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin', 'enable_material', 'enable_memoize']

async function planOfPostgres({ sql, bindings }: SentStatement): Promise<StatementPlan> {
  await setAll('off')
  const [row] = await selectRows<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    db.connection(),
    `explain (format json) ${sql.replaceAll(/\$\d+/g, '?')}`,
    bindings
  )
  await setAll('on')
  const nodes = row!['QUERY PLAN'].flatMap(({ Plan }) => allNodes(Plan))
  const named = nodes.filter((node) => node['Index Name'])
  const walked = named.filter((node) => !node['Index Cond'] && !SMALL_INDEXES.includes(node['Index Name']!))
  return {
    indexes: [...new Set(named.map((node) => node['Index Name']!))].sort(),
    scans: [
      ...nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!),
      ...walked.map((node) => node['Index Name']!),
    ],
  }
}

async function setAll(value: 'on' | 'off'): Promise<void> {
  for (const setting of LARGE_TABLES_ONLY) {
    await db.rawQuery(`set local ${setting} = ${value}`)
  }
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)]
}

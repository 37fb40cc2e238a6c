import db from '@adonisjs/lucid/services/db'
import { isPostgres } from '#database/columns'
import { selectRows } from '#services/sync/store/sql_client'
import { type Statement } from './record_statements.js'

/** A step of a plan of PostgreSQL. */
interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Plans'?: PlanNode[]
}

/**
 * The steps of a statement that read a whole table without an index. PostgreSQL prefers that for the small tables of a
 * test, so it is asked what it would do if it could not: a step that is left has no index to use.
 */
export async function scansOf(statement: Statement): Promise<string[]> {
  if (isPostgres(db.connection())) {
    const nodes = await explain(statement, ['enable_seqscan'])
    return nodes
      .filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== 'sources')
      .map((node) => `Seq Scan on ${node['Relation Name']}`)
  }
  // In the order of ids, the table is its own index.
  const isInOrderOfIds = statement.sql.includes('assets a not indexed')
  const steps = await explainQueryPlan(statement)
  return steps.filter((step) => /^SCAN [ar](?!\w)/.test(step) && !step.includes('INDEX') && !isInOrderOfIds)
}

/** True if a statement sorts more than the rows of a page: those with a value and, apart, those without. */
export async function sortsRows(given: Statement): Promise<boolean> {
  const statement = { ...given, sql: withoutComputed(given.sql) }
  const ofPage = statement.sql.startsWith('with present as') ? 1 : 0
  if (isPostgres(db.connection())) {
    const nodes = await explain(statement, ['enable_seqscan', 'enable_bitmapscan', 'enable_sort'])
    return nodes.filter((node) => node['Node Type'].endsWith('Sort')).length > ofPage
  }
  const steps = await explainQueryPlan(statement)
  return steps.filter((step) => step.startsWith('USE TEMP B-TREE')).length > ofPage
}

/** The part of a statement that finds the rows of a page, without what is computed for each of them. */
function withoutComputed(text: string): string {
  const [, page] = /as last_synced_at from \(([\s\S]*)\) page order by/.exec(text) ?? []
  if (!page) {
    throw new Error(`No page is read by: ${text}`)
  }
  return page
}

async function explainQueryPlan({ sql, bindings }: Statement): Promise<string[]> {
  const steps = await selectRows<{ detail: string }>(db.connection(), `explain query plan ${sql}`, bindings)
  return steps.map((step) => step.detail)
}

async function explain({ sql, bindings }: Statement, without: readonly string[]): Promise<PlanNode[]> {
  for (const setting of without) {
    await db.rawQuery(`set local ${setting} = off`)
  }
  const [row] = await selectRows<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    db.connection(),
    `explain (format json) ${sql.replaceAll(/\$\d+/g, '?')}`,
    bindings
  )
  for (const setting of without) {
    await db.rawQuery(`set local ${setting} = on`)
  }
  return row!['QUERY PLAN'].flatMap(({ Plan }) => allNodes(Plan))
}

function allNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(allNodes)]
}

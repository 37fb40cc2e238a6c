import { fromJson } from '#database/columns'
import { orderedPair, Verdicts, type Party, type Verdict } from '#core/reconcile/verdicts'
import { insertRows } from './bulk_sql.js'
import { execute, selectRows, type SqlClient } from './sql_client.js'

/** Everything that people said about pairs. Each row is one decision of a person, so they are few. */
export async function loadVerdicts(client: SqlClient): Promise<Verdicts> {
  const rows = await selectRows<{ party_a: Party; party_b: Party; evidence: unknown }>(
    client,
    'select party_a, party_b, evidence from match_verdicts'
  )
  return new Verdicts(
    rows.map((row) => ({ a: row.party_a, b: row.party_b, evidence: fromJson<string[]>(row.evidence) }))
  )
}

/** Remembers that parties are different devices. A pair that is told apart again knows the new evidence too. */
export async function saveVerdicts(
  trx: SqlClient,
  verdicts: readonly Verdict[],
  by: { readonly changeSetId: number; readonly actor: string },
  now: string
): Promise<void> {
  await insertRows(
    trx,
    'match_verdicts',
    {
      party_a: 'text',
      party_b: 'text',
      verdict: 'text',
      evidence: 'json',
      change_set_id: 'int',
      actor: 'text',
      created_at: 'time',
    },
    verdicts.map(({ a, b, evidence }) => {
      const [first, second] = orderedPair(a, b)
      return {
        party_a: first,
        party_b: second,
        verdict: 'different',
        evidence,
        change_set_id: by.changeSetId,
        actor: by.actor,
        created_at: now,
      }
    })
  )
}

/** Forgets what was said with a change set that is taken back. */
export async function deleteVerdicts(trx: SqlClient, changeSetId: number): Promise<void> {
  await execute(trx, 'delete from match_verdicts where change_set_id = ?', [changeSetId])
}

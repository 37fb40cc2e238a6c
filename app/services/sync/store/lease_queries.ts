import { bulkSql } from './bulk_sql.js'
import { execute, type SqlClient } from './sql_client.js'

/** How long a worker may be silent before another takes what it holds. */
export const LEASE_SECONDS = 60

/** Takes the lease for reconciling when nobody holds it, or its holder fell silent. Answers whether it did. */
export async function takeReconcileLease(client: SqlClient, owner: string): Promise<boolean> {
  const sql = bulkSql(client)
  const taken = await execute(
    client,
    `update leases set owner = ?, fence = fence + 1, expires_at = ${sql.clock(LEASE_SECONDS)}
     where name = 'reconcile' and (owner is null or expires_at < ${sql.clock()})`,
    [owner]
  )
  return taken === 1
}

/** Says that the holder lives. Answers false when the lease is another's by now. */
export async function renewReconcileLease(client: SqlClient, owner: string): Promise<boolean> {
  const renewed = await execute(
    client,
    `update leases set expires_at = ${bulkSql(client).clock(LEASE_SECONDS)} where name = 'reconcile' and owner = ?`,
    [owner]
  )
  return renewed === 1
}

/** Gives the lease back. Whoever lost it gives nothing back. */
export async function releaseReconcileLease(client: SqlClient, owner: string): Promise<void> {
  await execute(client, `update leases set owner = null, expires_at = null where name = 'reconcile' and owner = ?`, [
    owner,
  ])
}

import { bulkSql } from './bulk_sql.js'
import { execute, type SqlClient } from './sql_client.js'

/** How long a worker may be silent before another takes what it holds. */
export const LEASE_SECONDS = 60

export type LeaseName = 'reconcile' | 'backup'

/** Takes a lease when nobody holds it, or its holder fell silent. Answers whether it did. */
export async function takeLease(client: SqlClient, name: LeaseName, owner: string): Promise<boolean> {
  const sql = bulkSql(client)
  const taken = await execute(
    client,
    `insert into leases (name, owner, fence, expires_at) values (?, ?, 1, ${sql.clock(LEASE_SECONDS)})
     on conflict (name) do update set owner = excluded.owner, fence = leases.fence + 1, expires_at = excluded.expires_at
     where leases.owner is null or leases.expires_at < ${sql.clock()}`,
    [name, owner]
  )
  return taken === 1
}

/** Says that the holder lives. Answers false when the lease is another's by now. */
export async function renewLease(client: SqlClient, name: LeaseName, owner: string): Promise<boolean> {
  const renewed = await execute(
    client,
    `update leases set expires_at = ${bulkSql(client).clock(LEASE_SECONDS)} where name = ? and owner = ?`,
    [name, owner]
  )
  return renewed === 1
}

/** Gives the lease back. Whoever lost it gives nothing back. */
export async function releaseLease(client: SqlClient, name: LeaseName, owner: string): Promise<void> {
  await execute(client, `update leases set owner = null, expires_at = null where name = ? and owner = ?`, [name, owner])
}

import { type QueryClientContract } from '@adonisjs/lucid/types/database'
import { readDump } from '#services/transfer/dump_file'
import { listObjects, type SchemaShape, shapeOf } from '#services/transfer/schema_shape'
import { contentsOf, differences } from '#services/transfer/table_digest'
import { type Batch, readDatabase } from '#services/transfer/table_rows'
import { withSqliteFile } from '#services/transfer/with_sqlite_file'
import { type BackupManifest, readManifest } from './backup_manifest.js'
import { doneMigrations } from './done_migrations.js'
import { RefusedBackup } from './errors.js'
import { ownMigrations } from './own_migrations.js'

/** A backup that was verified, and the schema that its rows have. */
export interface VerifiedBackup {
  readonly manifest: BackupManifest
  readonly shape: SchemaShape
}

/** Proves that a backup can be restored by this version of LAIM. Reads only. */
export class VerifyBackup {
  /** @throws RefusedBackup */
  async handle(file: string): Promise<VerifiedBackup> {
    const manifest = await readManifest(file)
    const own = new Set(await ownMigrations())
    if (manifest.migrations.length === 0 || !manifest.migrations.every((name) => own.has(name))) {
      throw new RefusedBackup(file, `its schema is newer than this LAIM: install version ${manifest.version} or newer`)
    }

    const shape = await shapeOf(manifest.migrations)
    const different = await withRows(file, manifest, shape, async (batches) =>
      differences(manifest, await contentsOf(batches))
    ).catch((error: Error) => {
      throw error instanceof RefusedBackup ? error : new RefusedBackup(file, `it cannot be read: ${error.message}`)
    })
    if (different.length > 0) {
      throw new RefusedBackup(file, `its rows are not those that its manifest counts (${different.join(', ')})`)
    }
    return { manifest, shape }
  }
}

/** Does something with the rows of a backup. Nothing that the file defines is executed. */
export async function withRows<T>(
  file: string,
  manifest: BackupManifest,
  shape: SchemaShape,
  work: (batches: AsyncIterable<Batch>) => Promise<T>
): Promise<T> {
  if (manifest.kind === 'rows') {
    return work(readDump(file, shape))
  }
  return withSqliteFile(file, async (client) => {
    await client.rawQuery('pragma trusted_schema = off')
    const fault = await findFault(client, shape)
    if (fault !== null) {
      throw new RefusedBackup(file, fault)
    }
    return work(readDatabase(client, shape))
  })
}

/** What is wrong with a SQLite file that should have this schema. */
async function findFault(client: QueryClientContract, shape: SchemaShape): Promise<string | null> {
  const objects = await listObjects(client)
  const strange = objects.find(({ type, name }) => !shape.objects.has(`${type} ${name}`))
  if (strange) {
    return `it defines the ${strange.type} ${strange.name}, which LAIM does not have`
  }
  const [check]: { integrity_check: string }[] = await client.rawQuery('pragma integrity_check(1)')
  if (check?.integrity_check !== 'ok') {
    return 'the database in it is damaged'
  }
  const migrations = await doneMigrations(client)
  const isSame = JSON.stringify(migrations) === JSON.stringify(shape.migrations)
  return isSame ? null : 'its schema is not the one that its manifest names'
}

import db from '@adonisjs/lucid/services/db'
import { type AssetField } from '#core/assets/asset'
import { apiName } from '#services/inventory/check_values'
import { fromJson, toIso } from '#database/columns'
import { selectRows } from '#services/sync/store/sql_client'

/** What became of one field since a revision. */
export interface FieldChange {
  /** What it was at that revision. */
  readonly before: string | null
  /** Who changed it last, and when. */
  readonly actor: string
  readonly at: string
}

/** Which fields of an asset changed since somebody read a revision of it, by the API's names. */
export class ChangesSince {
  async handle(assetId: number, revision: number): Promise<Map<string, FieldChange>> {
    const rows = await selectRows<{ before: unknown; actor: string; created_at: unknown }>(
      db.connection(),
      `select c.before, s.actor, s.created_at from changes c join change_sets s on s.id = c.change_set_id
       where c.asset_id = ? and c.revision > ? order by c.id`,
      [assetId, revision]
    )
    const changes = new Map<string, FieldChange>()
    for (const { before, actor, created_at: at } of rows) {
      for (const [field, value] of Object.entries(fromJson<Record<string, string | null>>(before))) {
        const name = apiName(field as AssetField) ?? field
        changes.set(name, { before: changes.has(name) ? changes.get(name)!.before : value, actor, at: toIso(at)! })
      }
    }
    return changes
  }
}

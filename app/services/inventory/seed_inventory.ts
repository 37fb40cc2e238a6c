import { inject } from '@adonisjs/core'
import db from '@adonisjs/lucid/services/db'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { EnsureAccount, type AccountMade, type WantedAccount } from '#services/identity/ensure_account'
import { CreateAsset } from './create_asset.js'
import { SAMPLE_ASSETS } from './sample_assets.js'

const ROOMS = ['2265', '2266']

/** The three accounts that LAIM 1.0 came with. */
const SAMPLE_ACCOUNTS = ['admin1', 'admin2', 'admin3']

export interface SeedReport {
  readonly itemTypes: number
  readonly rooms: number
  readonly items: number
  readonly accounts: readonly AccountMade[]
}

/**
 * Fills a new database with what LAIM needs: asset types, rooms and the first superuser; on request also with samples.
 * It adds what is missing and changes nothing that is there, so it may run at every start.
 */
@inject()
export class SeedInventory {
  constructor(
    private ensureAccount: EnsureAccount,
    private createAsset: CreateAsset
  ) {}

  /** Generated passwords are in the report and nowhere else. */
  async handle({ superuser, samples }: { superuser: WantedAccount; samples: boolean }): Promise<SeedReport> {
    const itemTypes = await addMissing(
      'asset_types',
      ASSET_TYPES.map(({ name, icon }, index) => ({ name, icon, position: index + 1 }))
    )
    const rooms = await addMissing(
      'rooms',
      ROOMS.map((name) => ({ name }))
    )
    const accounts = [await this.ensureAccount.firstSuperuser(superuser)]
    if (samples) {
      for (const username of SAMPLE_ACCOUNTS) {
        accounts.push(await this.ensureAccount.handle({ username, email: `${username}@example.org` }, 'admin'))
      }
    }

    return {
      itemTypes,
      rooms,
      items: samples ? await this.#addSampleAssets() : 0,
      accounts: accounts.filter((account) => account !== null),
    }
  }

  /** A sample that was added before stays away, also when somebody deleted it. */
  async #addSampleAssets(): Promise<number> {
    const tags = SAMPLE_ASSETS.map((asset) => asset.assetTag)
    const present = await db.from('assets').whereIn('asset_tag', tags).select('asset_tag')
    const known = new Set(present.map((row) => row.asset_tag))
    const missing = SAMPLE_ASSETS.filter((asset) => !known.has(asset.assetTag))
    for (const asset of missing) {
      await this.createAsset.handle(asset, { userId: null, name: 'inventory:seed' })
    }
    return missing.length
  }
}

/** How many of the rows were new. */
async function addMissing(table: string, rows: { name: string }[]): Promise<number> {
  const added = await db.knexQuery().table(table).insert(rows).onConflict('name').ignore().returning('name')
  return added.length
}

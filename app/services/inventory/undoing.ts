import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { replan } from '#services/sync/replan'
import { EffectLog } from './effect_log.js'
import { inheritSerials } from './inherit_serials.js'
import { openChangeSet, saveEffects } from './change_set.js'

/** An undo while it is carried out. Its change set is made when there is something to write, unless there is one. */
export class Undoing {
  readonly effects = new EffectLog()
  #changeSetId: number | null

  constructor(
    readonly trx: TransactionClientContract,
    readonly undoesId: number,
    readonly actor: Actor,
    readonly now: string,
    changeSetId: number | null = null
  ) {
    this.#changeSetId = changeSetId
  }

  /** Null while nothing was written. */
  get changeSetId(): number | null {
    return this.#changeSetId
  }

  /** The id of the change set of the undo. */
  async open(): Promise<number> {
    const { trx, undoesId, actor, now } = this
    const head = { kind: 'undo', runId: null, userId: actor.userId, actor: actor.name, reason: null, undoesId } as const
    this.#changeSetId ??= await openChangeSet(trx, head, now)
    return this.#changeSetId
  }

  /** Computes assets whose records moved once more, and stores what else was changed. */
  async finish(assetIds: readonly number[]): Promise<void> {
    if (assetIds.length > 0) {
      await replan(this.trx, {
        recordIds: [],
        dirtyAssetIds: assetIds,
        now: this.now,
        changeSetId: () => this.open(),
        watch: (trx, ids) => this.effects.watch(trx, ids),
      })
    }
    if (this.#changeSetId !== null) {
      await inheritSerials(this.trx, { now: this.now, changeSetId: () => this.open() })
      await saveEffects(this.trx, this.#changeSetId, await this.effects.finish(this.trx))
    }
  }
}

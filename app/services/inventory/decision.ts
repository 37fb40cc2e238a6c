import { type TransactionClientContract } from '@adonisjs/lucid/types/database'
import { type Actor } from '#core/assets/asset'
import { EffectLog } from './effect_log.js'
import { writeOrPreview } from './dry_run.js'
import { inheritSerials } from './inherit_serials.js'
import { openChangeSet, saveEffects, type ChangeSetHead } from './change_set.js'

/** A person's decision while it is carried out: its change set, and what it changes besides assets. */
export interface Decision {
  readonly changeSetId: number
  readonly actor: Actor
  readonly now: string
  readonly effects: EffectLog
}

/** Carries out a decision as one change set, which holds everything that taking it back needs. */
export async function decide<T>(
  head: Pick<ChangeSetHead, 'kind' | 'reason' | 'undoesId'> & { readonly actor: Actor },
  isDryRun: boolean,
  work: (trx: TransactionClientContract, decision: Decision) => Promise<T>
): Promise<T> {
  const { actor, ...rest } = head
  return writeOrPreview(isDryRun, async (trx, now) => {
    const full = { ...rest, runId: null, userId: actor.userId, actor: actor.name }
    const changeSetId = await openChangeSet(trx, full, now)
    const effects = new EffectLog()
    const outcome = await work(trx, { changeSetId, actor, now, effects })
    await inheritSerials(trx, {
      now,
      changeSetId: async () => changeSetId,
      watch: (client, ids) => effects.watch(client, ids),
    })
    await saveEffects(trx, changeSetId, await effects.finish(trx))
    return outcome
  })
}

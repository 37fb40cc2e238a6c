import { loadRecordStates } from '#services/sync/store/effect_queries'
import { type SqlClient } from '#services/sync/store/sql_client'
import { type RecordState, type SideEffect } from '#core/reconcile/side_effect'

/** Collects what a decision changes besides the rows of assets. */
export class EffectLog {
  readonly #effects: SideEffect[] = []
  readonly #before = new Map<number, RecordState | null>()

  add(effect: SideEffect): void {
    this.#effects.push(effect)
  }

  /** Remembers how records stand before they are changed. Call it before every change of theirs. */
  async watch(client: SqlClient, recordIds: readonly number[]): Promise<void> {
    const unknown = recordIds.filter((id) => !this.#before.has(id))
    const states = await loadRecordStates(client, unknown)
    unknown.forEach((id) => this.#before.set(id, states.get(id) ?? null))
  }

  /** Says that a record did not exist before. */
  created(recordId: number): void {
    this.#before.set(recordId, null)
  }

  /** Everything that changed, in the order in which taking it back is safe to read backwards. */
  async finish(client: SqlClient): Promise<SideEffect[]> {
    const after = await loadRecordStates(client, [...this.#before.keys()])
    const records = [...this.#before].flatMap(([id, before]): SideEffect[] => {
      const state = after.get(id)
      return state && JSON.stringify(state) !== JSON.stringify(before) ? [{ kind: 'record', before, after: state }] : []
    })
    return [...this.#effects, ...records]
  }
}

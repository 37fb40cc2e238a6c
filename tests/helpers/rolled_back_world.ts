import testUtils from '@adonisjs/core/services/test_utils'
import { type Group } from '@japa/runner/core'
import { EngineWorld, type SourceName } from '#tests/helpers/engine_world'

/** Gives each test of a group a world of its own, in a transaction that is rolled back. */
export function eachWithWorld(
  group: Group,
  ranks: Partial<Record<SourceName, number>> = {}
): { readonly current: EngineWorld } {
  const holder = {
    current: undefined as unknown as EngineWorld,
  }
  group.each.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    holder.current = new EngineWorld(ranks)
    await holder.current.prepare()
    return rollback
  })
  return holder
}

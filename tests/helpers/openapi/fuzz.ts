import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import fc from 'fast-check'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { type EngineWorld } from '#tests/helpers/engine_world'
import { devices } from '#tests/helpers/world_in_app'
import { anyCall, fittingCall, singleFaults } from './call_arbitrary.js'
import { describedCalls, type OpenapiDocument } from './described_calls.js'
import { sendCall } from './send_call.js'

/** Tables whose ids stand in addresses. */
const TABLES = ['assets', 'users', 'sync_runs', 'change_sets', 'reviews', 'source_records']

/** Fills an inventory a little: items of a source, a person's item, a plan that waits, a change. */
export async function fillForFuzz(world: EngineWorld, client: ApiClient): Promise<void> {
  const { token } = await asUser('admin')
  await world.reads('alpha', devices(3))
  await client.post('/api/items').bearerToken(token).json({ hostname: 'typed', item_type: 'Switch' })
  world.says('alpha', devices(3, { model: 'new' }))
  await world.plan('alpha')
}

export interface FuzzCounts {
  readonly done: number
  readonly refused: number
}

/**
 * Sends `runs` random requests that the OpenAPI document describes, a third of them with exactly one certain fault, as a
 * superuser; throws at the first answer that the document does not promise, with the smallest request that shows it.
 * Answers how many requests were done, and how many refused.
 */
export async function fuzzApi(client: ApiClient, runs: number, seed: number): Promise<FuzzCounts> {
  const { user } = await asUser('superuser')
  const document: OpenapiDocument = (await client.get('/api/openapi.json')).body()
  const calls = describedCalls(document).filter(({ bodyType }) => bodyType === null || bodyType === 'application/json')
  const ids = await idsOf()
  const counts = { done: 0, refused: 0 }

  const request = fc.oneof(fittingCall(calls, ids), anyCall(calls, ids), singleFaults(calls, ids))
  const property = fc.asyncProperty(request, async (prepared) => {
    // A request may have demoted the account, or ended its tokens.
    await db.from('users').where('id', user.id).update({ role: 'superuser', is_active: true })
    const { status, faults } = await sendCall(prepared, await tokenOf(user), document)
    counts[status < 400 ? 'done' : 'refused'] += 1
    if (faults.length > 0) {
      throw new Error(faults.join('\n'))
    }
  })
  await fc.assert(property, { numRuns: runs, seed })
  return counts
}

async function idsOf(): Promise<number[]> {
  const rows = await Promise.all(TABLES.map((table) => db.from(table).select('id').limit(3)))
  return rows.flat().map(({ id }) => Number(id))
}

import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { isPostgres } from '#database/columns'
import { asUser, tokenOf } from '#tests/helpers/as_user'
import { probeSql, type Effort, type Suspicion } from './probe_sql.js'
import { sqlInputs } from './sql_inputs.js'

export interface ApiSuspicion extends Suspicion {
  readonly input: string
}

export function effort(isThorough: boolean): Effort {
  return { isPostgres: isPostgres(db.connection()), isThorough }
}

/** Probes every input of the API as a superuser; answers what looks injectable. */
export async function probeApi(client: ApiClient, isThorough: boolean): Promise<ApiSuspicion[]> {
  const { user } = await asUser('superuser')
  const document = (await client.get('/api/openapi.json')).body()
  const suspicions: ApiSuspicion[] = []
  for (const { name, send } of sqlInputs(document)) {
    // A payload that is taken for a new password ends the tokens there are.
    const found = await probeSql(async (payload) => send(payload, await tokenOf(user)), effort(isThorough))
    suspicions.push(...found.map((suspicion) => ({ input: name, ...suspicion })))
  }
  return suspicions
}

/** Who is superuser, and how many rooms there are: what stacked statements would have changed. */
export async function readPrey(): Promise<{ superusers: number; rooms: number }> {
  const superusers = await db.from('users').where('role', 'superuser').select('id')
  const rooms = await db.from('rooms').whereIn('name', ['2265', '2266']).select('name')
  return { superusers: superusers.length, rooms: rooms.length }
}

import { SourceError, type CheckReport, type CheckStep, type SourceContext } from '@laim/sdk'
import { NetdiscoClient } from './client.js'
import type { NetdiscoConfig } from './config.js'
import { readChassis } from './read_chassis.js'

type Outcome = Pick<CheckStep, 'message'> & Partial<Pick<CheckStep, 'status'>>

/**
 * Tests a connection in the order in which it can fail. The steps after a failed one are skipped, and the
 * failed one says what to fix.
 */
export async function check(context: SourceContext<NetdiscoConfig>): Promise<CheckReport> {
  const client = new NetdiscoClient(context.http, context.config)
  const steps = new StepList()
  const found: { version?: string; estimatedRecords?: number } = {}

  await steps.take('connect', async () => {
    const version = await client.version()
    if (version === null) return { message: 'Reached the server; it does not tell its version.' }
    found.version = version
    return { message: `Reached Netdisco ${version}.` }
  })
  await steps.take('authenticate', async () => {
    await client.logIn()
    return { message: 'Netdisco accepts the user name and the password.' }
  })
  await steps.take('authorize', () => readSample(client))
  await steps.take('read_sample', async () => {
    const { index, error } = await readChassis(client, context.log)
    if (index) {
      found.estimatedRecords = index.deviceCount
      return { message: `The inventory report lists ${index.deviceCount} devices.` }
    }
    const reason = error?.message ?? 'this Netdisco is older than 2.080 and has none.'
    return { status: 'warn', message: `Stacks cannot be told from the inventory report: ${reason}` }
  })

  return { ok: steps.ok, steps: steps.taken, source: { product: 'Netdisco', ...found } }
}

/** An old server answers the paged form with 400; a prefix that holds nothing then shows the right to read. */
async function readSample(client: NetdiscoClient): Promise<Outcome> {
  if (await client.listDevices(0, 1)) return { message: 'The user may read the device list.' }
  await client.listPrefix('127.0.0.1/32')
  return {
    status: 'warn',
    message: 'The user may read the device list. Netdisco is older than 2.102 and sends it in two large answers.',
  }
}

class StepList {
  readonly taken: CheckStep[] = []
  ok = true

  async take(id: CheckStep['id'], attempt: () => Promise<Outcome>): Promise<void> {
    if (!this.ok) {
      this.taken.push({ id, status: 'skip', message: 'Not tried, because an earlier step failed.' })
      return
    }
    try {
      this.taken.push({ id, status: 'pass', ...(await attempt()) })
    } catch (error) {
      if (!SourceError.is(error)) throw error
      this.ok = false
      this.taken.push({ id, status: 'fail', message: error.message, error })
    }
  }
}

import { SourceError, type CheckReport, type CheckStep, type SourceContext } from '@laim/sdk'
import { LibrenmsClient } from './client.js'
import type { LibrenmsConfig } from './config.js'
import { parseDevice } from './schema.js'

type Outcome = Pick<CheckStep, 'message'> & Partial<Pick<CheckStep, 'status'>>

/** A person waits for the answer, so a long list is counted only as far as it comes in this time. */
const COUNTING_MS = 9_000

/**
 * Tests a connection in the order in which it can fail. The steps after a failed one are skipped, and the failed one
 * says what to fix.
 */
export async function check(context: SourceContext<LibrenmsConfig>): Promise<CheckReport> {
  const client = new LibrenmsClient(context.http, context.config)
  const steps: CheckStep[] = []
  const found: { version?: string; estimatedRecords?: number } = {}

  await take(steps, 'connect', async () => {
    await client.ping()
    return { message: 'Reached LibreNMS, and it accepts the API token.' }
  })
  await take(steps, 'authorize', async () => {
    const version = await client.version()
    if (version) found.version = version
    return { message: version ? `LibreNMS ${version}.` : 'LibreNMS does not tell its version.' }
  })
  await take(steps, 'read_sample', async () => {
    const count = await countDevices(client)
    found.estimatedRecords = count.devices
    return describeCount(count)
  })

  const ok = steps.every(({ status }) => status === 'pass' || status === 'warn')
  return { ok, steps, source: { product: 'LibreNMS', ...found } }
}

interface Count {
  readonly devices: number
  readonly isWhole: boolean
}

async function countDevices(client: LibrenmsClient): Promise<Count> {
  let devices = 0
  try {
    for await (const row of client.devices(COUNTING_MS)) if (parseDevice(row)) devices++
    return { devices, isWhole: true }
  } catch (error) {
    const isLongList = devices > 0 && SourceError.is(error) && error.kind === 'timeout'
    if (!isLongList) throw error
    return { devices, isWhole: false }
  }
}

/** LibreNMS silently leaves out what the token's user may not see. */
function describeCount({ devices, isWhole }: Count): Outcome {
  if (!isWhole) return { message: `The user may read the device list: more than ${devices} devices.` }
  if (devices > 0) {
    return { message: `The user may read ${devices} devices. If LibreNMS has more, give the user global read.` }
  }
  return {
    status: 'warn',
    message: 'LibreNMS lists no device to this user; give the user the role "global read", unless LibreNMS is empty.',
  }
}

async function take(steps: CheckStep[], id: CheckStep['id'], attempt: () => Promise<Outcome>): Promise<void> {
  if (steps.some(({ status }) => status === 'fail')) {
    steps.push({ id, status: 'skip', message: 'Not tried, because an earlier step failed.' })
    return
  }
  try {
    steps.push({ id, status: 'pass', ...(await attempt()) })
  } catch (error) {
    if (!SourceError.is(error)) throw error
    steps.push({ id, status: 'fail', message: error.message, error })
  }
}

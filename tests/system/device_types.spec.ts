import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { type AssetTypeName } from '#core/assets/asset_type'
import { classify } from '#core/assets/classify'

/** Real devices labelled by hand, one JSON object a line. LAIM_REAL_DATA names the folder that holds them. */
const folder = process.env.LAIM_REAL_DATA

interface LabelledDevice {
  readonly label: AssetTypeName
  readonly hardware: string | null
  readonly os: string | null
  readonly version: string | null
  readonly sysDescr: string | null
  readonly sysObjectID: string | null
  readonly librenms_type: string | null
}

function readDevices(): LabelledDevice[] {
  const text = readFileSync(join(folder ?? '', 'data/device-types.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledDevice)
}

function classifyDevice(device: LabelledDevice): AssetTypeName {
  return classify({
    model: device.hardware,
    os: device.os,
    version: device.version,
    sysDescr: device.sysDescr,
    sysObjectId: device.sysObjectID,
    sourceType: device.librenms_type,
  })
}

/** Share of the devices of each label that were told right, by label. */
function toRecalls(outcomes: readonly { label: string; type: string }[]): Map<string, number> {
  const recalls = new Map<string, number>()
  for (const label of new Set(outcomes.map((outcome) => outcome.label))) {
    const mine = outcomes.filter((outcome) => outcome.label === label)
    recalls.set(label, mine.filter((outcome) => outcome.type === label).length / mine.length)
  }
  return recalls
}

test.group('classify | real devices', (group) => {
  group.each.skip(!folder, 'LAIM_REAL_DATA is not set')

  test('tells at least 95 of 100 devices right, rare types too', ({ assert }) => {
    const outcomes = readDevices().map((device) => ({
      ...device,
      type: classifyDevice(device),
    }))

    const wrong = outcomes.filter((outcome) => outcome.type !== outcome.label)
    const accuracy = 1 - wrong.length / outcomes.length
    const recalls = toRecalls(outcomes)
    const meanRecall = [...recalls.values()].reduce((sum, recall) => sum + recall) / recalls.size

    console.log(`accuracy ${accuracy.toFixed(3)}, mean recall ${meanRecall.toFixed(3)}`)
    for (const { label, type, os, hardware } of wrong) {
      console.log(`  ${label} taken for ${type}: ${os}, ${hardware}`)
    }
    assert.isAtLeast(accuracy, 0.95)
    assert.isAtLeast(meanRecall, 0.9)
  })

  test('names no wrong type when the category of the source is missing', ({ assert }) => {
    const wrong = readDevices().filter((device) => {
      const type = classifyDevice({ ...device, librenms_type: null })
      return type !== device.label && type !== 'Unknown'
    })

    assert.isAtMost(wrong.length / readDevices().length, 0.02)
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { parse } from 'csv-parse/sync'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'

const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠A1',
  "'=1",
  "''=1",
  '=cmd|" /C calc"!A0',
]

test.group('S14: Formulas in exported cells', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S14: are text in every field', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    await insertAssets(
      FORMULAS.map((formula, index) => ({
        hostname: formula,
        serialNumber: `${formula}${index}`,
        assetTag: `${formula}-${index}`,
        subLocation: formula,
        notes: formula,
        vendor: formula,
        model: formula,
        firmwareVersion: formula,
      }))
    )

    const csv = await client.get('/api/export/csv').bearerToken(token)

    const rows: string[][] = parse(csv.text(), { bom: true })
    assert.lengthOf(rows, FORMULAS.length + 1)
    for (const cell of rows.flat()) {
      assert.notMatch(cell, /^[=+\-@\t\r＝＋－＠]/u, JSON.stringify(cell))
    }
  })

  test('S14: cannot be forgotten by one of several writers: there is one', async ({ assert }) => {
    const sources = readdirSync(app.makePath('app'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.ts')
    )
    const writers = sources.filter((path) => {
      const text = readFileSync(join(app.makePath('app'), path), 'utf8')
      return (
        /text\/csv|\.join\(['"][,;]['"]\)\s*\+\s*['"`]\\r?\\n|csv-stringify/.test(text) && /export function/.test(text)
      )
    })

    assert.deepEqual(
      writers.filter((path) => !/csv_cell|item_export/.test(path)),
      []
    )
  })
})

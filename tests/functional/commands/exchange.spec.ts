import { readFile, writeFile } from 'node:fs/promises'
import ace from '@adonisjs/core/services/ace'
import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import InventoryExport from '#commands/inventory/export'
import InventoryImport from '#commands/inventory/import'
import { insertAssets } from '#tests/helpers/asset_factory'
import { inFolder } from '#tests/helpers/csv_round_trip'
import { addNames } from '#tests/helpers/lists'

const FILE = 'asset_tag,hostname,item_type\nA-1,sw,Switch\n'

test.group('inventory:import and inventory:export', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())
  group.each.setup(() => {
    ace.ui.switchMode('raw')
    return () => ace.ui.switchMode('normal')
  })

  /** Runs the import of a file with these arguments, and answers the command. */
  async function importing(content: string, ...options: string[]) {
    return inFolder(async (pathOf) => {
      await writeFile(pathOf('items.csv'), content)
      const command = await ace.create(InventoryImport, [pathOf('items.csv'), ...options])
      await command.exec()
      return { command, output: command.ui.logger.getLogs().map(({ message }) => message) }
    })
  }

  test('plan, import, and find nothing to do the second time', async ({ assert }) => {
    const planned = await importing(FILE, '--plan', '--json')
    const imported = await importing(FILE, '--json')
    const again = await importing(FILE, '--json')

    const counts = [planned, imported, again].map(({ output }) => JSON.parse(output.at(-1)!).counts)
    assert.containsSubset(counts, [{ created: 1 }, { created: 1 }, { created: 0, unchanged: 1 }])
    assert.deepEqual(
      [planned, imported, again].map(({ command }) => command.exitCode),
      [0, 0, 0]
    )
  })

  test('need a person for a plan with bad rows, and refuse to import them', async ({ assert }) => {
    const bad = `${FILE}A-2,,Switch\n`

    const planned = await importing(bad, '--plan')
    const refused = await importing(bad)
    const wrongKey = await importing(FILE, '--key=hostname')

    assert.equal(planned.command.exitCode, 2)
    assert.include(planned.output.join('\n'), 'Line 3, column 2')
    assert.equal(refused.command.exitCode, 3)
    assert.include(refused.output.join('\n'), 'Line 3, column 2')
    assert.equal(wrongKey.command.exitCode, 3)
  })

  test('write a file that the import reads', async ({ assert }) => {
    await insertAssets([{ hostname: 'sw-1', assetTag: '=1' }])

    const [csv, json] = await inFolder(async (pathOf) => {
      for (const [name, ...options] of [['csv'], ['json', '--json']] as [string, ...string[]][]) {
        const command = await ace.create(InventoryExport, ['--output', pathOf(name), ...options])
        await command.exec()
        assert.equal(command.exitCode ?? 0, 0)
      }
      return [await readFile(pathOf('csv'), 'utf8'), await readFile(pathOf('json'), 'utf8')]
    })

    assert.include(csv!, ",'=1,Switch,")
    assert.containsSubset(JSON.parse(json!), [{ hostname: 'sw-1', asset_tag: '=1' }])
  })
})

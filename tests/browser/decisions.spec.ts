import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { EditAsset } from '#services/inventory/edit_asset'
import { PERSON } from '#tests/helpers/decide'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { closeVisits, visitAs } from './visitor.js'

const CSV = 'hostname,item_type,asset_tag\nlab-new,Switch,LAB-1\n'

function csvFile(content: string) {
  return { name: 'items.csv', mimeType: 'text/csv', buffer: Buffer.from(content) }
}

test.group('Deciding what an asset is', (group) => {
  const world = eachWithWorldInApp(group)
  group.each.teardown(() => closeVisits())

  const column = async (name: string) => (await world.current.assets()).map((asset) => asset[name])

  test('merges two assets after a look at what comes of it, and takes it back', async ({ assert, browser }) => {
    await world.current.reads('alpha', [{ id: '1', hostname: 'lab-sw.lab.example', serial: 'SERIAL1' }])
    const { assetId } = await new CreateAsset().handle({ hostname: 'lab-sw', assetType: 'Switch' }, PERSON)
    const { page, open, complaints } = await visitAs(browser, 'admin')
    await open(`/items/${assetId}`)

    await page.locator('summary', { hasText: 'More' }).click()
    await page.getByRole('link', { name: 'Merge with another asset' }).click()
    await page.getByRole('link', { name: 'lab-sw.lab.example' }).click()
    await page.getByRole('link', { name: 'lab-sw stays', exact: true }).waitFor()
    await page.getByRole('columnheader', { name: 'Together' }).waitFor()
    await page.getByRole('button', { name: 'Merge' }).click()
    await page.getByText('The two are one asset now.').waitFor()
    assert.deepEqual(await column('serial_number'), ['SERIAL1'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.toast').getByText('Taken back.').waitFor()

    assert.lengthOf(await world.current.assets(), 2)
    assert.deepEqual(complaints, [])
  })

  test('pins a value on its card, sees what the pin holds back, and lets go', async ({ assert, browser }) => {
    await world.current.reads('alpha', devices(2, { model: 'old' }))
    const { page, open, complaints } = await visitAs(browser, 'admin')
    const [first] = await world.current.assets()
    await open(`/items/${String(first!.id)}`)

    await page.locator('#fact-model .why > summary').click()
    await page.locator('#fact-model').getByText('Pin this value').click()
    await page.locator('#fact-model').getByLabel('Why', { exact: true }).fill('label on the box')
    await page.locator('#fact-model').getByRole('button', { name: 'Pin' }).click()
    await page.getByText('Model is pinned.').waitFor()
    await world.current.reads('alpha', devices(2, { model: 'new' }))
    await open('/pins')
    await page.getByRole('row', { name: /host-0.*old.*new/ }).waitFor()
    await page.getByLabel('Tick every pin of this page').check()
    await page.getByRole('button', { name: 'Release ticked' }).click()
    await page.getByText('1 asset follows the sources again.').waitFor()
    await page.getByText('No pin holds anything back').waitFor()

    assert.deepEqual(await column('model'), ['new', 'new'])
    assert.deepEqual(complaints, [])
  })

  test('imports a file that stays chosen between its plan and the import', async ({ assert, browser }) => {
    const { page, open, complaints } = await visitAs(browser, 'admin')
    await open('/import')

    await page.getByLabel('CSV file').setInputFiles(csvFile(`${CSV}bad,Toaster,LAB-2\n`))
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByText('1 of 2 rows cannot be imported').waitFor()
    await page.getByLabel('CSV file').setInputFiles(csvFile(CSV))
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 1 row' }).click()
    await page.getByText('Imported: 1 added.').waitFor()
    assert.deepEqual(await column('hostname'), ['lab-new'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.toast').getByText('Taken back.').waitFor()

    assert.deepEqual(await column('hostname'), [])
    assert.deepEqual(complaints, [])
  })

  test('imports a file without scripts, the file chosen once more', async ({ assert, browser }) => {
    const { page, open } = await visitAs(browser, 'admin', { javaScriptEnabled: false })
    await open('/import')

    await page.getByLabel('CSV file').setInputFiles(csvFile(CSV))
    await page.getByRole('button', { name: 'Check the file' }).click()
    await page.getByRole('button', { name: 'Import 1 row' }).waitFor()
    await page.getByLabel('CSV file').setInputFiles(csvFile(CSV))
    await page.getByRole('button', { name: 'Import 1 row' }).click()
    await page.getByText('Imported: 1 added.').waitFor()

    assert.deepEqual(await column('hostname'), ['lab-new'])
  })

  test('shows both changes of an asset that two edited, and saves what was chosen', async ({ assert, browser }) => {
    const values = { hostname: 'lab-1', assetType: 'Server', notes: 'old', vendor: 'Dell' }
    const { assetId } = await new CreateAsset().handle(values, PERSON)
    const { page, open } = await visitAs(browser, 'admin')
    const dialog = page.getByRole('dialog', { name: 'Edit lab-1' })
    await open(`/items/${assetId}`)

    await page.getByRole('link', { name: 'Edit' }).click()
    await dialog.getByLabel('Notes').fill('mine')
    await dialog.getByLabel('Vendor').fill('HP')
    await new EditAsset().handle(assetId, { notes: 'theirs', vendor: 'IBM', room: '2265' }, PERSON)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.getByText('ada changed this asset meanwhile').waitFor()
    assert.equal(await dialog.getByRole('textbox', { name: 'Notes' }).inputValue(), 'mine')
    await dialog.getByRole('group', { name: 'Vendor' }).getByRole('button', { name: 'Theirs: IBM' }).click()
    assert.equal(await dialog.getByRole('textbox', { name: 'Vendor' }).inputValue(), 'IBM')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()

    const [asset] = await world.current.assets()
    assert.deepEqual([asset!.notes, asset!.vendor, asset!.room], ['mine', 'IBM', '2265'])
  })
})

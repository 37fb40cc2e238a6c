import { test } from '@japa/runner'
import { CreateAsset } from '#services/inventory/create_asset'
import { eachWithEmptyInventory, visitAs } from './visitor.js'

/** An asset that somebody typed earlier. */
async function addByHand(hostname: string): Promise<number> {
  const actor = { userId: null, name: 'somebody' }
  const { assetId } = await new CreateAsset().handle({ hostname, assetType: 'Server' }, actor)
  return assetId
}

test.group('Assets by hand', (group) => {
  eachWithEmptyInventory(group)

  test('are added in the dialog, which keeps what was typed when something is wrong', async ({ assert, browser }) => {
    const { page, complaints } = await visitAs(browser, 'admin')
    const dialog = page.getByRole('dialog', { name: 'Add an asset' })

    await page.keyboard.press('n')
    await dialog.getByLabel('Hostname').fill('lab-sw-1')
    await dialog.getByLabel('MAC address').fill('not a mac')
    await dialog.getByRole('combobox', { name: 'Room' }).selectOption('2266')
    await dialog.getByRole('button', { name: 'Add asset' }).click()
    await dialog.getByText('must be a MAC address').waitFor()
    assert.equal(await dialog.getByLabel('Hostname').inputValue(), 'lab-sw-1')
    assert.equal(await dialog.getByRole('combobox', { name: 'Room' }).inputValue(), '2266')
    await dialog.getByLabel('MAC address').fill('001b.213c.4d5e')
    await dialog.getByRole('button', { name: 'Add asset' }).click()

    await page.getByText('lab-sw-1 is added.').waitFor()
    await page.getByRole('link', { name: 'lab-sw-1', exact: true }).waitFor()
    await page.getByText('00:1B:21:3C:4D:5E', { exact: true }).waitFor()
    assert.isFalse(await dialog.isVisible())
    assert.deepEqual(complaints, [])
  })

  test('are added one after the other, room and type kept', async ({ assert, browser }) => {
    const { page } = await visitAs(browser, 'admin')
    const dialog = page.getByRole('dialog', { name: 'Add an asset' })

    await page.getByRole('link', { name: 'Add asset' }).click()
    await dialog.getByLabel('Hostname').fill('first')
    await dialog.getByLabel('Type').selectOption('Server')
    await dialog.getByRole('combobox', { name: 'Room' }).selectOption('2265')
    await dialog.getByRole('button', { name: 'start another' }).click()
    await page.getByText('first is added.').waitFor()

    assert.equal(await dialog.getByLabel('Hostname').inputValue(), '')
    assert.equal(await dialog.getByLabel('Type').inputValue(), 'Server')
    assert.equal(await dialog.getByRole('combobox', { name: 'Room' }).inputValue(), '2265')
  })

  test('name the asset that already has the serial number', async ({ browser }) => {
    const { page } = await visitAs(browser, 'admin')
    const dialog = page.getByRole('dialog', { name: 'Add an asset' })
    for (const hostname of ['lab-one', 'lab-two']) {
      await page.getByRole('link', { name: 'Add asset' }).click()
      await dialog.getByLabel('Hostname').fill(hostname)
      await dialog.getByLabel('Serial number').fill('CZ3-7700')
      await dialog.getByRole('button', { name: 'Add asset' }).click()
      await page
        .getByText(hostname === 'lab-one' ? 'lab-one is added.' : 'is already on')
        .first()
        .waitFor()
    }

    await dialog.getByRole('link', { name: 'Open it' }).click()
    await page.getByRole('heading', { name: 'lab-one' }).waitFor()
  })

  test('are edited in the dialog, in place, and the edit is taken back', async ({ assert, browser }) => {
    await addByHand('lab-old')
    const { page, complaints } = await visitAs(browser, 'admin')
    const dialog = page.getByRole('dialog', { name: 'Edit lab-old' })

    await page.keyboard.press('j')
    await page.keyboard.press('e')
    await dialog.getByLabel('Hostname').fill('lab-new')
    await dialog.getByLabel('Place in the room').fill('Rack 7')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Saved.').waitFor()
    await page.getByRole('link', { name: 'lab-new', exact: true }).waitFor()
    assert.match(page.url(), /\/$/)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back.').waitFor()

    await page.getByRole('link', { name: 'lab-old', exact: true }).waitFor()
    assert.deepEqual(complaints, [])
  })

  test('are deleted in the dialog and taken back from the message', async ({ assert, browser }) => {
    const assetId = await addByHand('lab-gone')
    const { page, open } = await visitAs(browser, 'admin')
    await open(`/items/${assetId}`)

    await page.getByRole('link', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('lab-gone is deleted.').waitFor()
    await page.getByText('This asset is deleted').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('lab-gone is back.').waitFor()

    assert.isFalse(await page.getByText('This asset is deleted').isVisible())
  })

  test('are added, edited and deleted on plain pages without scripts', async ({ browser }) => {
    const { page } = await visitAs(browser, 'admin', { javaScriptEnabled: false })

    await page.getByRole('link', { name: 'Add asset' }).click()
    await page.getByLabel('Hostname').fill('lab-plain')
    await page.getByLabel('IP address').fill('999.1.1.1')
    await page.getByRole('button', { name: 'Add asset' }).click()
    await page.getByText('must be an IPv4 or IPv6 address').waitFor()
    await page.getByLabel('IP address').fill('192.0.2.7')
    await page.getByRole('button', { name: 'Add asset' }).click()
    await page.getByRole('heading', { name: 'lab-plain' }).waitFor()
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Asset tag').fill('LAB-7')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('LAB-7').first().waitFor()
    await page.getByRole('link', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()

    await page.getByText('lab-plain is deleted.').waitFor()
  })
})

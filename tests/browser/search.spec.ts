import { test } from '@japa/runner'
import { type Page } from 'playwright'
import { insertAssets } from '#tests/helpers/asset_factory'
import { eachWithEmptyInventory, visitAs } from './visitor.js'

/** Waits until the list has so many rows. */
async function counted(page: Page, text: string): Promise<void> {
  await page.locator('#count').getByText(text, { exact: true }).waitFor()
}

const LAB = [
  { hostname: 'lab-sw-014', assetType: 'Switch', macAddress: '001b213c4d5e', room: '2265' },
  { hostname: 'lab-sw-015', assetType: 'Switch', macAddress: '001b213c4d5f', room: '2266' },
  { hostname: 'lab-ap-001', assetType: 'WAP', macAddress: '788a20624800', macs: ['788a20624801'] },
  { hostname: 'lab-srv-1', assetType: 'Server', serialNumber: 'CZ3-77', room: '2265', subLocation: 'Rack 1' },
] as const

test.group('Searching the inventory', (group) => {
  eachWithEmptyInventory(group)
  group.each.setup(async () => void (await insertAssets(LAB)))

  test('finds part of a MAC address in any notation while it is typed', async ({ assert, browser }) => {
    const { page, complaints } = await visitAs(browser, 'viewer')
    const names = page.locator('[data-row] .row-link')
    await names.nth(3).waitFor()

    await page.keyboard.press('/')
    await page.keyboard.type('1b.213c.4d5e')
    await counted(page, '1 asset')

    assert.deepEqual(await names.allInnerTexts(), ['lab-sw-014'])
    assert.match(page.url(), /\?search=1b\.213c\.4d5e$/)
    assert.equal(await page.locator('mark').innerText(), '1B:21:3C:4D:5E')
    await page.keyboard.press('Escape')
    await counted(page, '4 assets')
    assert.deepEqual(complaints, [])
  })

  test('tells why an asset matches when the match is not in sight', async ({ browser }) => {
    const { page } = await visitAs(browser, 'viewer')

    await page.getByLabel('Search the inventory').fill('78:8a:20:62:48:01')

    await page.getByText('Matches one of its other MAC addresses').waitFor()
  })

  test('narrows by types and room, and goes back', async ({ assert, browser }) => {
    const { page } = await visitAs(browser, 'viewer')

    await page.getByRole('link', { name: 'Switch 2' }).click()
    await counted(page, '2 assets')
    await page.getByLabel('Room', { exact: true }).selectOption('2266')
    await counted(page, '1 asset')
    assert.match(page.url(), /item_type=Switch&room=2266/)
    await page.goBack()
    await counted(page, '2 assets')

    assert.equal(await page.getByRole('link', { name: 'Switch 2' }).getAttribute('aria-current'), 'true')
  })

  test('says what it looked for when nothing matches', async ({ browser }) => {
    const { page } = await visitAs(browser, 'admin')

    await page.getByLabel('Search the inventory').fill('no-such-thing')
    await page.getByText('No asset matches').waitFor()
    await page.getByText('Looked for “no-such-thing”').waitFor()
    await page.getByRole('link', { name: 'Add an asset of this name' }).click()

    await page.getByRole('dialog').getByLabel('Hostname').and(page.locator('[value="no-such-thing"]')).waitFor()
  })

  test('works without scripts', async ({ assert, browser }) => {
    const { page } = await visitAs(browser, 'viewer', { javaScriptEnabled: false })

    await page.getByLabel('Search the inventory').fill('cz3')
    await page.getByRole('button', { name: 'Search' }).click()
    await counted(page, '1 asset')
    assert.deepEqual(await page.locator('[data-row] .row-link').allInnerTexts(), ['lab-srv-1'])
    await page.getByRole('link', { name: 'Server 1' }).click()

    assert.match(page.url(), /search=cz3&item_type=Server/)
    assert.isFalse(await page.locator('.copy').first().isVisible())
  })

  test('goes from page to page', async ({ assert, browser }) => {
    await insertAssets(Array.from({ length: 60 }, (_, index) => ({ hostname: `row-${100 + index}` })))
    const { page } = await visitAs(browser, 'viewer')
    await page.getByText('50 of 64 assets').waitFor()

    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('14 of 64 assets').waitFor()
    assert.equal(await page.locator('[data-row] .row-link').last().innerText(), 'row-159')
    await page.getByRole('link', { name: 'First page' }).click()

    await page.getByText('50 of 64 assets').waitFor()
  })
})

import { test } from '@japa/runner'
import { withSimulatedLab, workOnce } from './simulated_lab.js'
import { eachWithEmptyInventory, visitAs } from './visitor.js'

test.group('Syncing the simulated lab', (group) => {
  withSimulatedLab(group)
  eachWithEmptyInventory(group)

  test('follows a run from the queue to its result, also after a reload', async ({ assert, browser }) => {
    const { page, complaints } = await visitAs(browser, 'admin')

    await page.getByRole('button', { name: 'Sync all sources' }).click()
    await page.locator('#run').getByText('Queued').first().waitFor()
    await page.reload()
    await page.getByText('Waits for a worker').waitFor()
    await workOnce()
    await page.locator('#run:not([data-live])').waitFor()
    assert.equal(await page.locator('#run').getAttribute('data-status'), 'completed', await page.innerText('main'))

    const created = await page.locator('.count', { hasText: 'Created' }).locator('dd').innerText()
    assert.isAbove(Number(created), 150)
    await page.getByRole('button', { name: 'Sync again' }).and(page.locator(':enabled')).waitFor()
    assert.deepEqual(complaints, [])
  }).timeout(90_000)

  test('leads to assets that say which source each value comes from', async ({ assert, browser }) => {
    const { page, open } = await visitAs(browser, 'admin')
    await open('/sources')
    await page.getByRole('button', { name: 'Sync all' }).click()
    await page.locator('#run').waitFor()
    await workOnce()
    await open('/?source=merged')

    await page.locator('[data-row] .row-link').first().click()
    const sources = page.getByRole('region', { name: 'Sources' })
    await sources
      .getByRole('link', { name: /Open there/ })
      .first()
      .waitFor()
    assert.isAtLeast(await sources.locator('.linked').count(), 2)
    await page.locator('#fact-hostname .why > summary').click()
    await page.locator('#fact-hostname').getByText('says so since').waitFor()
    await page.getByRole('region', { name: 'History' }).getByText('Added').waitFor()
  }).timeout(90_000)

  test('can be preceded by a test of the connection, step by step', async ({ browser }) => {
    const { page, open, complaints } = await visitAs(browser, 'admin')
    await open('/sources')

    await page.getByRole('button', { name: 'Test connection' }).first().click()
    await page.getByText('The connection works').waitFor()

    await page.locator('.step-pass').first().waitFor()
    if (complaints.length > 0) throw new Error(complaints.join('\n'))
  })

  test('is refused while one runs, with a link to that one', async ({ browser }) => {
    const { page, open } = await visitAs(browser, 'admin')
    await open('/runs')
    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.locator('#run').waitFor()
    await open('/runs')

    await page.getByRole('button', { name: 'Sync now' }).click()
    await page.getByText('is already running').waitFor()
    await page.getByRole('link', { name: 'Open it' }).click()

    await page.getByText('Waits for a worker').waitFor()
  })
})

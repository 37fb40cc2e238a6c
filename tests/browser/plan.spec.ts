import { test } from '@japa/runner'
import { devices, eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { closeVisits, visitAs } from './visitor.js'

test.group('Deciding about a plan', (group) => {
  const world = eachWithWorldInApp(group)
  group.each.teardown(() => closeVisits())

  test('applies what is ticked, follows the worker and takes it back', async ({ assert, browser }) => {
    await world.current.reads('alpha', devices(4, { model: 'old' }))
    world.current.says('alpha', devices(4, { model: 'new' }))
    const plan = await world.current.plan('alpha')
    const { page, open, complaints } = await visitAs(browser, 'admin')
    const boxes = page.locator('tbody input[type="checkbox"]')
    await open(`/runs/${plan.id}`)

    await page.getByLabel('Tick every row of this page').uncheck()
    assert.equal(await boxes.and(page.locator(':checked')).count(), 0)
    await boxes.nth(1).check()
    await page.getByRole('button', { name: 'Apply ticked' }).click()
    await page.locator('#run[data-live]').waitFor()
    await world.current.work(plan.id)
    await page.locator('#run:not([data-live])').waitFor()
    await page.getByText('Applied').waitFor()
    assert.equal(await page.getByText('Not ticked').count(), 3)

    await page.getByRole('button', { name: 'Take back 1 change' }).click()
    await page.getByText('1 asset is as before the run').waitFor()

    const models = (await world.current.assets()).map((asset) => asset.model)
    assert.deepEqual(models, ['old', 'old', 'old', 'old'])
    assert.deepEqual(complaints, [])
  })

  test('fits a phone', async ({ assert, browser }) => {
    world.current.says('alpha', devices(3, { vendor: 'Cisco', model: 'C9300', base: '001b213c4d5e' }))
    const plan = await world.current.plan('alpha')
    const { page, open } = await visitAs(browser, 'admin', { viewport: { width: 390, height: 844 } })

    await open(`/runs/${plan.id}`)

    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth])
    assert.isAtMost(widths[0]!, widths[1]!)
  })
})

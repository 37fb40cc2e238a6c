import { test } from '@japa/runner'
import { eachWithWorldInApp } from '#tests/helpers/world_in_app'
import { closeVisits, visitAs } from './visitor.js'

const MACS = Array.from({ length: 24 }, (_, index) => `001b213c4d${(index + 16).toString(16)}`)

test.group('Answering questions', (group) => {
  const world = eachWithWorldInApp(group)
  group.each.teardown(() => closeVisits())

  /** Two assets of alpha, and a device of beta that carries what identifies both. */
  async function withQuestion() {
    await world.current.reads('alpha', [
      { id: '1', hostname: 'core-one.lab.example', serial: 'SERIAL1', base: '001b213c4d01', macs: MACS },
      { id: '2', hostname: 'core-two.lab.example', base: '001b213c4d02', model: 'C9300' },
    ])
    await world.current.reads('beta', [{ id: '9', hostname: 'core', serial: 'SERIAL1', base: '001b213c4d02' }])
  }

  test('takes the keyboard alone, and the answer is taken back from its message', async ({ assert, browser }) => {
    await withQuestion()
    const { page, complaints } = await visitAs(browser, 'admin')
    const names = async () => (await world.current.assets()).map(({ hostname }) => hostname)
    const before = await names()

    await page.getByRole('link', { name: 'Review 1 open question' }).click()
    await page.getByRole('region', { name: 'Open questions' }).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Same device?' }).waitFor()
    await page.getByRole('columnheader', { name: 'core-two.lab.example' }).waitFor()
    await page.keyboard.press('1')
    await page.getByText('Answered: same device.').waitFor()
    await page.getByText('Nothing needs you').waitFor()
    assert.deepEqual(await names(), ['core-one.lab.example'])
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.toast').getByText('Taken back.').waitFor()

    await page.getByRole('link', { name: 'Review 1 open question' }).waitFor()
    assert.deepEqual(await names(), before)
    assert.deepEqual(complaints, [])
  })

  test('keeps the asset that a person chooses, without scripts too', async ({ assert, browser }) => {
    await withQuestion()
    const { page, open } = await visitAs(browser, 'admin', { javaScriptEnabled: false })
    await open('/reviews')

    await page.getByRole('link', { name: 'Same device?' }).click()
    await page.getByRole('columnheader', { name: 'core-two' }).getByLabel('stays if they are one').check()
    await page.getByRole('button', { name: 'Same device' }).click()
    await page.getByText('Answered: same device.').waitFor()

    const stayed = await world.current.assets()
    assert.deepEqual(
      stayed.map(({ id, serial_number: serial }) => [id, serial]),
      [[2, 'SERIAL1']]
    )
  })

  for (const width of [1280, 360]) {
    test(`shows both sides on ${width} px, the long lists folded`, async ({ assert, browser }) => {
      await withQuestion()
      const { page, open, complaints } = await visitAs(browser, 'viewer', { viewport: { width, height: 780 } })
      await open('/reviews')

      await page.getByRole('link', { name: 'Same device?' }).click()
      await page.getByText('19 more').first().waitFor()

      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      assert.isAtMost(excess, 0)
      assert.equal(await page.getByRole('button', { name: 'Same device' }).count(), 0)
      assert.deepEqual(complaints, [])
    })
  }
})

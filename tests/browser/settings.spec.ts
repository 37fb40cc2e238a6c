import { test } from '@japa/runner'
import { eachWithEmptyInventory, visitAs } from './visitor.js'

test.group('Settings and own tokens', (group) => {
  eachWithEmptyInventory(group)

  test('a token is made, copied and revoked', async ({ assert, browser }) => {
    const { page, complaints } = await visitAs(browser, 'viewer')
    await page.locator('summary', { hasText: 'Account of' }).click()
    await page.getByRole('link', { name: 'API tokens' }).click()
    await page.getByText('You have no token').waitFor()

    await page.getByLabel('Name').fill('backup script')
    await page.getByLabel('Name').press('Enter')
    await page.getByRole('heading', { name: 'Copy the token backup script' }).waitFor()
    assert.match(await page.locator('.secret .mono').innerText(), /^laim_\S+$/)
    await page.getByRole('link', { name: 'I have copied it' }).click()
    await page.getByRole('link', { name: 'Revoke backup script' }).click()
    await page.getByRole('dialog', { name: 'Revoke backup script?' }).getByRole('button', { name: 'Revoke' }).click()

    await page.getByText('The token is revoked').waitFor()
    await page.getByText('You have no token').waitFor()
    assert.deepEqual(complaints, [])
  })

  test('a webhook is added and switched off, without scripts too', async ({ assert, browser }) => {
    for (const javaScriptEnabled of [true, false]) {
      const { page, complaints, open } = await visitAs(browser, 'superuser', { javaScriptEnabled })
      const name = javaScriptEnabled ? 'Tickets' : 'Chat'
      await open('/webhooks')
      await page.getByRole('link', { name: 'Add webhook' }).click()
      await page.getByLabel('Name').fill(name)
      await page.getByLabel('Address').fill('https://hooks.example.org/x')
      await page.getByRole('button', { name: 'Add webhook' }).click()
      assert.match(await page.locator('.secret .mono').innerText(), /^whsec_\S+$/)
      await page.getByRole('link', { name: 'I have copied it' }).click()

      await page.getByRole('link', { name: 'Edit' }).click()
      await page.getByLabel('State').selectOption('Off')
      await page.getByRole('button', { name: 'Save' }).click()

      await page.getByText('Off: nothing is sent').waitFor()
      await page.getByText(`${name} is saved.`).waitFor()
      assert.deepEqual(complaints, [])
    }
  })

  test('the audit log is narrowed as soon as a filter changes, and by a click on a name', async ({
    assert,
    browser,
  }) => {
    const { page, complaints, open } = await visitAs(browser, 'superuser')
    await open('/users')
    await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' }).click()
    await page.locator('[data-row]').first().waitFor()

    await page.getByLabel('What was done').selectOption('Room added')
    await page.getByText('Nothing matches').waitFor()
    assert.match(page.url(), /action=room\.added/)
    await page.getByRole('link', { name: 'Clear the filters' }).click()
    await page.locator('[data-row] .row-link').first().click()

    await page.waitForURL(/\?actor=/)
    await page.getByText('Signed in').first().waitFor()
    assert.deepEqual(complaints, [])
  })
})

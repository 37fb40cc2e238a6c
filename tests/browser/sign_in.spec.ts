import { test } from '@japa/runner'
import { UserFactory } from '#database/factories/user_factory'
import { eachWithEmptyInventory, signIn, visit, visitAs } from './visitor.js'

test.group('Signing in', (group) => {
  eachWithEmptyInventory(group)

  test('leads to the page that was wanted', async ({ assert, browser }) => {
    const { page, open } = await visit(browser)
    const { username } = await UserFactory.create()

    await open('/runs')
    assert.match(page.url(), /\/login$/)
    await signIn(page, username)

    assert.match(page.url(), /\/runs$/)
  })

  test('says the same of a wrong name and a wrong password, and keeps the name', async ({ assert, browser }) => {
    const { page, open } = await visit(browser)
    const { username } = await UserFactory.create()

    for (const [name, password] of [
      [username, 'not the password'],
      ['nobody', 'not the password'],
    ] as const) {
      await open('/login')
      await signIn(page, name, password)
      await page.getByText('The username or the password is wrong').waitFor()
      assert.equal(await page.getByLabel('Username').inputValue(), name)
      assert.equal(await page.getByLabel('Password').inputValue(), '')
    }
  })

  test('ends with signing out', async ({ assert, browser }) => {
    const { page, open } = await visitAs(browser, 'viewer')

    await page.locator('summary', { hasText: 'Account of' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in to LAIM' }).waitFor()

    await open('/')
    assert.match(page.url(), /\/login$/)
  })

  test('is asked for again, with the new password, after the password was changed', async ({ assert, browser }) => {
    const { page, open } = await visit(browser)
    const { username } = await UserFactory.create()
    await open('/account')
    await signIn(page, username)

    await page.getByLabel('Current password').fill('not the password')
    await page.getByLabel('New password').fill('another horse battery')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('The current password is wrong').waitFor()
    await page.getByLabel('Current password').fill('correct horse battery')
    await page.getByLabel('New password').fill('another horse battery')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Sign in with the new one').waitFor()
    await signIn(page, username, 'another horse battery')

    assert.match(page.url(), /\/$/)
  })
})

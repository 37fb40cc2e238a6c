import db from '@adonisjs/lucid/services/db'
import testUtils from '@adonisjs/core/services/test_utils'
import { type Group } from '@japa/runner/core'
import { type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { ASSET_TYPES } from '#core/assets/asset_type'
import { type Role } from '#core/access/role'
import type User from '#models/user'
import { TEST_PASSWORD, UserFactory } from '#database/factories/user_factory'
import { addressOf } from '#tests/helpers/server'

/** Somebody in front of the console. */
export interface Visitor {
  readonly page: Page
  /** What the browser complained about: scripts, the content policy, failed requests. */
  readonly complaints: string[]
  open(path: string): Promise<void>
}

const CLOSERS: (() => Promise<void>)[] = []

/** Gives each test of a group an empty inventory with types and rooms, rolled back afterwards. */
export function eachWithEmptyInventory(group: Group): void {
  group.each.setup(async () => {
    const rollback = await testUtils.db().withGlobalTransaction()
    await db.table('asset_types').multiInsert(ASSET_TYPES.map(({ name, icon }) => ({ name, icon })))
    await db.table('rooms').multiInsert([{ name: '2265' }, { name: '2266' }])
    return async () => {
      await closeVisits()
      await rollback()
    }
  })
}

/** Closes every window: a page that asks for news would meet a database that is rolled back. */
export async function closeVisits(): Promise<void> {
  for (const close of CLOSERS.splice(0)) {
    await close()
  }
}

/** Opens a browser window of its own. */
export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  CLOSERS.push(() => context.close())
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.text()} (${page.url()})`)
    }
  })
  const open = async (path: string) => void (await page.goto(addressOf(path).href))
  return { page, complaints, open }
}

/** Opens a window and signs a new user of the role in. */
export async function visitAs(
  browser: Browser,
  role: Role,
  options: BrowserContextOptions = {}
): Promise<Visitor & { readonly user: User }> {
  const visitor = await visit(browser, options)
  const user = await UserFactory.merge({ role }).create()
  await visitor.open('/login')
  await signIn(visitor.page, user.username)
  return { ...visitor, user }
}

export async function signIn(page: Page, username: string, password = TEST_PASSWORD): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForLoadState()
}

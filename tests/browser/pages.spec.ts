import { test } from '@japa/runner'
import { insertAssets } from '#tests/helpers/asset_factory'
import { eachWithEmptyInventory, visit, visitAs } from './visitor.js'

const PAGES = [
  '/',
  '/?search=nothing-like-it',
  '/items/new',
  '/reviews',
  '/sources',
  '/runs',
  '/users',
  '/users/new',
  '/account',
  '/account/tokens',
  '/webhooks',
  '/webhooks/new',
  '/audit',
  '/audit?actor=nobody-at-all',
  '/pins',
  '/deleted',
  '/import',
  '/docs',
]
const LONG = 'a-very-long-name-without-any-break-'.repeat(6)

test.group('Every page', (group) => {
  eachWithEmptyInventory(group)

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of colorScheme === 'light' ? [1280, 768, 390] : [1280, 390]) {
      test(`fits ${width} px in the ${colorScheme} theme, and the browser has no complaint`, async ({
        assert,
        browser,
      }) => {
        const [asset] = await insertAssets([
          {
            hostname: LONG,
            serialNumber: LONG.slice(0, 60),
            notes: LONG,
            vendor: LONG,
            room: '2265',
            subLocation: LONG,
            assetTag: LONG.slice(0, 60),
            ipAddress: '2001:db8:1234:5678:9abc:def0:1234:5678',
            macAddress: '001b213c4d5e',
          },
        ])
        const { page, complaints, open } = await visitAs(browser, 'superuser', {
          colorScheme,
          viewport: { width, height: 844 },
        })

        for (const path of [
          ...PAGES,
          `/items/${asset!.id}`,
          `/items/${asset!.id}/edit`,
          `/items/${asset!.id}/delete`,
          `/items/${asset!.id}/merge`,
          `/items/${asset!.id}/split`,
        ]) {
          await open(path)
          const { excess, cut, background } = await page.evaluate(() => ({
            cut: [...document.querySelectorAll('table')].filter(
              (table) =>
                table.offsetWidth > table.parentElement!.clientWidth &&
                getComputedStyle(table.parentElement!).overflowX !== 'auto'
            ).length,
            excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            background: getComputedStyle(document.documentElement).backgroundColor,
          }))
          assert.equal(excess, 0, `${path} scrolls sideways`)
          assert.equal(cut, 0, `${path} cuts a table off`)
          assert.equal(lightness(background) < 0.5, colorScheme === 'dark', `${path} is ${background}`)
        }
        assert.deepEqual(complaints, [])
      })
    }
  }

  test('keeps the theme that a person chose', async ({ assert, browser }) => {
    const { page, open } = await visitAs(browser, 'viewer', { colorScheme: 'light' })

    await page.locator('summary', { hasText: 'Account of' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
    await open('/runs')

    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  })

  test('keeps the chosen theme without scripts too', async ({ assert, browser }) => {
    const { page, open } = await visitAs(browser, 'viewer', { javaScriptEnabled: false })
    await open('/account')

    await page.getByRole('main').getByRole('button', { name: 'Dark' }).click()

    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  })

  test('names the page that does not exist, and the way back', async ({ browser }) => {
    const { page, open } = await visitAs(browser, 'viewer')

    await open('/items/987654')

    await page.getByText('There is no item 987654').waitFor()
    await page.getByRole('link', { name: 'Back to the inventory' }).click()
    await page.getByRole('heading', { name: 'Inventory', exact: true }).waitFor()
  })

  test('offers a first step while the inventory is empty', async ({ browser }) => {
    const { page } = await visitAs(browser, 'admin')

    await page.getByText('The inventory is empty').waitFor()
    await page.getByRole('button', { name: 'Sync all sources' }).waitFor()
  })

  test('loads nothing from elsewhere', async ({ assert, browser }) => {
    const { page, open } = await visit(browser)
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))

    await open('/login')
    await page.evaluate(() => document.fonts.ready)

    assert.equal(hosts.size, 1)
    assert.isTrue(await page.evaluate(() => document.fonts.check('16px "Inter Variable"')))
  })
})

/** Of a computed colour, 0 to 1. */
function lightness(color: string): number {
  const [first = 0, ...rest] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return color.startsWith('rgb') ? (first + (rest[0] ?? 0) + (rest[1] ?? 0)) / 765 : first
}

import { test } from '@japa/runner'
import axe from 'axe-core'
import { type Page } from 'playwright'
import { CreateAsset } from '#services/inventory/create_asset'
import { SaveWebhook } from '#services/webhooks/save_webhook'
import { EngineWorld } from '#tests/helpers/engine_world'
import { PERSON } from '#tests/helpers/decide'
import { eachWithEmptyInventory, visitAs } from './visitor.js'

/** All that axe knows of; the other theme differs in its colours only. */
const RULES: Record<'light' | 'dark', string[]> = {
  light: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  dark: ['color-contrast'],
}

/** What axe faults on the page as it is: the rule, how often, and the first element. */
async function faultsOf(page: Page, rules: string[]): Promise<string[]> {
  return page.evaluate(async (runOnly) => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly })
    return violations.map(({ id, nodes }) => `${id} ×${nodes.length}: ${nodes[0]!.html.slice(0, 200)}`)
  }, rules)
}

test.group('For those who cannot see or point', (group) => {
  eachWithEmptyInventory(group)

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe faults nothing on any page in the ${colorScheme} theme`, async ({ assert, browser }) => {
      const world = new EngineWorld()
      await world.reads('alpha', [
        { id: '1', hostname: 'lab-sw-1', serial: 'SERIAL1', model: 'C9300' },
        { id: '2', hostname: 'lab-sw-2', serial: 'SERIAL2', model: 'C9300' },
      ])
      world.says('alpha', [{ id: '1', hostname: 'lab-sw-1', serial: 'SERIAL1', model: 'C9200' }])
      const plan = await world.plan('alpha')
      const [one, other] = await world.assets()
      await new CreateAsset().handle({ hostname: 'lab-sw-1', assetType: 'Switch', serialNumber: 'TYPED-1' }, PERSON)
      const hook = { name: 'Tickets', url: 'https://example.org/x', events: ['run'] as const }
      const webhook = await new SaveWebhook().create(hook, PERSON)
      const { page, open } = await visitAs(browser, 'superuser', { colorScheme, bypassCSP: true })

      const faults: string[] = []
      for (const path of [
        '/',
        '/?search=nothing-like-it',
        `/items/${one!.id}`,
        `/items/${one!.id}/edit`,
        `/items/${one!.id}/merge`,
        `/items/${one!.id}/merge/${other!.id}`,
        `/items/${one!.id}/split`,
        '/items/new',
        '/import',
        '/pins?held=',
        '/deleted',
        '/reviews',
        '/sources',
        '/runs',
        `/runs/${plan.id}`,
        '/users',
        '/users/new',
        '/webhooks',
        '/webhooks/new',
        `/webhooks/${webhook.id}`,
        `/webhooks/${webhook.id}/edit`,
        '/audit',
        '/audit?actor=nobody',
        '/account',
        '/account/tokens',
        '/docs',
      ]) {
        await open(path)
        await page.evaluate(axe.source)
        faults.push(...(await faultsOf(page, RULES[colorScheme])).map((fault) => `${path} ${fault}`))
      }

      assert.deepEqual(faults, [])
      await page.setContent('<p style="color: #777; background: #888">What can hardly be read</p>')
      await page.evaluate(axe.source)
      assert.notDeepEqual(await faultsOf(page, RULES[colorScheme]), [], 'the check sees a fault')
    })
  }
})

import db from '@adonisjs/lucid/services/db'
import { type ApiClient } from '@japa/api-client'
import { test } from '@japa/runner'
import { recordAudit } from '#services/audit/record_audit'
import { AccessTokens } from '#services/identity/access_tokens'
import { SaveWebhook } from '#services/webhooks/save_webhook'
import { asUser } from '#tests/helpers/as_user'
import { PERSON } from '#tests/helpers/decide'
import { EngineWorld } from '#tests/helpers/engine_world'
import { HOSTILE_MARKUP } from '#tests/helpers/hostile_markup'
import { routePolicies } from '#tests/helpers/route_policies'
import { closeVisits, eachWithEmptyInventory, visitAs } from './visitor.js'

const FIELDS = ['hostname', 'sub_location', 'notes', 'vendor', 'model', 'firmware_version']

/** Items with a payload in every text field, by the API and by a file. */
async function typePayloads(client: ApiClient, token: string): Promise<void> {
  const rows: string[] = []
  for (const [index, payload] of HOSTILE_MARKUP.entries()) {
    const item = Object.fromEntries(FIELDS.map((field) => [field, payload]))
    if (index % 2 === 0) {
      const body = {
        ...item,
        item_type: 'Switch',
        asset_tag: payload.slice(0, 60),
        serial_number: `S${payload}`.slice(0, 60),
      }
      const made = await client.post('/api/items').bearerToken(token).json(body)
      made.assertStatus(201)
    } else {
      const cells = FIELDS.map(() => `"${payload.replaceAll('"', '""')}"`)
      rows.push(`T-${index},Switch,${cells.join()}`)
    }
  }
  const file = `asset_tag,item_type,${FIELDS.join()}\n${rows.join('\n')}\n`
  const imported = await client
    .post('/api/import/csv')
    .bearerToken(token)
    .file('file', Buffer.from(file), { filename: 'hostile.csv', contentType: 'text/csv' })
  imported.assertStatus(200)
}

/** Webhooks, tokens and entries of the audit that are called so; answers the ids of some webhooks. */
async function nameThings(userId: number): Promise<number[]> {
  const ids: number[] = []
  for (const payload of HOSTILE_MARKUP) {
    const name = payload.slice(0, 100)
    const url = `https://example.org/?${payload.replaceAll('#', '')}`
    const { id } = await new SaveWebhook().create({ name, url, events: ['run'] }, PERSON)
    ids.push(id)
    await new AccessTokens().create(userId, { kind: 'personal', name, abilities: [name], expiresAt: null })
    const detail = { [name]: payload, before: { [name]: payload }, after: { [name]: payload } }
    await recordAudit(db.connection(), { action: 'user.changed', actor: { ...PERSON, name }, target: name, detail })
  }
  return ids.filter((_, index) => index % 8 === 0)
}

/** Pages of the console that no path is of; a file is no page. */
function findUnvisited(paths: readonly string[]): string[] {
  const pages = routePolicies().filter(
    ({ method, door, pattern }) => method === 'GET' && door === 'session' && !/export/.test(pattern)
  )
  const isVisited = (pattern: string) => {
    const expected = new RegExp(`^${pattern.replace(/:\w+/g, '\\d+')}(?:\\?|$)`)
    return paths.some((path) => expected.test(path))
  }
  return pages.map(({ pattern }) => pattern).filter((pattern) => !isVisited(pattern))
}

/** One that was deleted, and a value that a person keeps from what the source says, both with a reason of theirs. */
async function decideThings(client: ApiClient, token: string): Promise<void> {
  const [kept, deleted] = await db.from('assets').where('source', 'alpha').orderBy('id').limit(2).select('id')
  const pin = { value: HOSTILE_MARKUP[4]!.slice(0, 100), reason: HOSTILE_MARKUP[5]!.slice(0, 200) }
  const pinned = await client.put(`/api/items/${kept.id}/pins/model`).bearerToken(token).json(pin)
  pinned.assertStatus(200)
  const gone = await client.delete(`/api/items/${deleted.id}`).bearerToken(token)
  gone.assertStatus(204)
}

test.group('S6: Hostile text', (group) => {
  eachWithEmptyInventory(group)

  test('S6: runs on no page, whether it was typed, imported or read from a source', async ({
    assert,
    browser,
    client,
  }) => {
    const { token } = await asUser('admin')
    const world = new EngineWorld()
    await world.reads(
      'alpha',
      HOSTILE_MARKUP.map((payload, index) => ({
        id: `${index}`,
        hostname: payload.slice(0, 200),
        serial: `XSS${1000 + index}`,
        vendor: payload,
        model: payload,
        firmware: payload,
      }))
    )
    await typePayloads(client, token)
    await client
      .post('/api/rooms')
      .bearerToken(token)
      .json({ name: HOSTILE_MARKUP[0]!.slice(0, 60) })
    world.says('alpha', [{ id: '0', hostname: HOSTILE_MARKUP[1], serial: 'XSS1000', model: HOSTILE_MARKUP[2] }])
    const plan = await world.plan('alpha')
    await world.reads(
      'beta',
      ['one', 'other'].map((id, index) => ({
        id,
        hostname: HOSTILE_MARKUP[6 + index]!.slice(0, 200),
        serial: 'TWINSERIAL1',
        model: HOSTILE_MARKUP[8 + index]!,
        vendor: HOSTILE_MARKUP[10 + index]!,
      }))
    )
    await decideThings(client, token)

    const { user, page, complaints, open } = await visitAs(browser, 'superuser')
    const webhookIds = await nameThings(user.id)
    const dialogs: string[] = []
    const elsewhere = new Set<string>()
    const own = new URL(page.url()).host
    page.on('dialog', async (dialog) => {
      dialogs.push(dialog.message())
      await dialog.dismiss()
    })
    page.on('request', (request) => {
      if (new URL(request.url()).host !== own && !request.url().startsWith('data:')) {
        elsewhere.add(request.url())
      }
    })

    const assets = await db.from('assets').where('is_active', true).orderBy('id').select('id')
    const reviews = await db.from('reviews').orderBy('id').limit(10).select('id')
    const ownToken = await db
      .from('auth_access_tokens')
      .where('tokenable_id', user.id)
      .whereNotNull('name')
      .firstOrFail()
    const search = encodeURIComponent(HOSTILE_MARKUP[0]!)
    const paths = [
      '/',
      '/?limit=100',
      `/?search=${search}`,
      `/?sort=${search}&type=${search}&room=${search}`,
      '/items/new',
      '/sources',
      '/runs',
      `/runs/${plan.id}`,
      '/users',
      '/audit',
      `/audit?actor=${search}&from=${search}`,
      '/account/tokens',
      '/webhooks',
      ...webhookIds.flatMap((id) => [`/webhooks/${id}`, `/webhooks/${id}/edit`, `/webhooks/${id}/delete`]),
      `/login?x=${search}`,
      `/${search}`,
      '/reviews',
      ...reviews.map(({ id }) => `/reviews/${id}`),
      '/pins',
      '/deleted',
      '/import',
      '/docs',
      '/account',
      `/account/tokens/${ownToken.id}/revoke`,
      '/users/new',
      `/users/${user.id}/edit`,
      '/webhooks/new',
      ...assets
        .slice(0, 3)
        .flatMap(({ id }) => [`/items/${id}/merge`, `/items/${id}/merge/${assets.at(-1).id}`, `/items/${id}/split`]),
      ...assets.map(({ id }) => `/items/${id}`),
      ...assets.filter((_, index) => index % 8 === 0).flatMap(({ id }) => [`/items/${id}/edit`, `/items/${id}/delete`]),
    ]
    assert.isNotEmpty(reviews)
    assert.deepEqual(findUnvisited(paths), [], 'a page that nobody looked at')
    for (const path of paths) {
      await open(path)
      const strange = await page.evaluate(findStrangeElements)
      assert.deepEqual(strange, [], path)
    }

    assert.deepEqual(dialogs, [])
    assert.deepEqual([...elsewhere], [])
    assert.deepEqual(
      complaints.filter((complaint) => !/404 \(Not Found\)/.test(complaint)),
      []
    )
    await closeVisits()
  })

  test('S6: the check sees what runs where a page does not escape', async ({ assert, browser }) => {
    const { page } = await visitAs(browser, 'viewer')

    // Those that lead to another page would leave this one.
    const staying = HOSTILE_MARKUP.filter((payload) => /onerror|onload|javascript:/.test(payload))
    let seen = 0
    for (const payload of staying) {
      await page.setContent(`<main><p>${payload}</p></main>`)
      seen += Number((await page.evaluate(findStrangeElements)).length > 0)
    }

    assert.isAbove(seen, staying.length / 2)
  })
})

/** Runs in the page: elements, handlers and addresses that no template of ours writes. */
function findStrangeElements(): string[] {
  const strange =
    'iframe,object,embed,base,marquee,math,video,audio,details[ontoggle],img[src="x"],form[action*="evil"]'
  return [...document.querySelectorAll('*')]
    .filter(
      (element) =>
        element.matches(strange) ||
        [...element.attributes].some(
          ({ name, value }) =>
            /^on/i.test(name) || (/^(href|src|action)$/i.test(name) && /^\s*(javascript|data:text)/i.test(value))
        ) ||
        (element.tagName === 'SCRIPT' && !(element as HTMLScriptElement).src && /alert|evil/.test(element.textContent))
    )
    .map((element) => element.outerHTML.slice(0, 200))
}

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import { type APIRequestContext, type Browser } from 'playwright'
import { PathProxy } from '#tests/helpers/path_proxy'
import { RunningProcess, RunningServer } from '../system/running_server.js'
import { closeVisits, signIn, visit } from './visitor.js'

const BASE = '/laim'
const ADA = { username: 'ada', password: 'correct horse battery' }

/** What a page leads to: every attribute that begins with a slash. */
const ADDRESS = /\s([\w:.-]+)="(\/[^"]*)"/g

/** Pages that no link of the inventory below leads to, or that answer no page. */
const UNLINKED = ['/login', '/health', '/health/live', '/metrics', '/logout']

/** Enough of the pages that one route has. */
const EACH_ROUTE = 3

test.group('Below a path of a host', (group) => {
  const folder = mkdtempSync(join(tmpdir(), 'laim-base-path-'))
  let proxy: PathProxy
  let server: RunningServer
  let worker: RunningProcess

  group.tap((each) => each.timeout(90_000))
  group.setup(async () => {
    proxy = await PathProxy.start(BASE)
    const databaseUrl = `sqlite:${join(folder, 'laim.sqlite3')}`
    const variables = { APP_URL: `${proxy.origin}${BASE}`, SIMULATED_LAB: 'true', TRUST_PROXY: 'true' }
    const inventory = `tests/fixtures/releases/${app.config.get('app.version')}.jsonl.gz`
    const restored = await RunningProcess.command(['backup:restore', inventory], { DATABASE_URL: databaseUrl })
    if (restored.code !== 0) throw new Error(restored.output)
    server = await RunningServer.start(databaseUrl, variables)
    proxy.target = Number(new URL(server.url).port)
    worker = new RunningProcess(['ace.js', 'sync:work'], { DATABASE_URL: databaseUrl, ...variables })
    return async () => {
      await Promise.all([server.kill(), worker.kill()])
      proxy.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  })
  group.each.teardown(closeVisits)

  /** A window that is signed in; `open` takes paths as LAIM knows them. */
  async function visitBelow(browser: Browser) {
    const { page, complaints } = await visit(browser)
    const open = async (path: string) => void (await page.goto(`${proxy.origin}${BASE}${path}`))
    await open('/runs?before=999')
    await signIn(page, ADA.username, ADA.password)
    return { page, complaints, open, request: page.context().request }
  }

  /** Opens the start page and all that links lead to; answers the patterns of the routes, and what leads astray. */
  async function walk(request: APIRequestContext) {
    const queue = ['/', '/pins?held=', '/items/2/merge?search=lab', '/nowhere'].map((path) => BASE + path)
    const seen = new Set(queue)
    const routes = new Map<string, number>()
    const faults: string[] = []
    for (const address of queue) {
      const path = address.slice(BASE.length).split(/[?#]/, 1)[0]!
      const pattern = router.match(path, 'GET', false)?.route.pattern ?? path
      const count = (routes.get(pattern) ?? 0) + 1
      if (count > EACH_ROUTE) {
        continue
      }
      routes.set(pattern, count)
      const answer = await request.get(proxy.origin + address, { maxRedirects: 0 })
      if (answer.status() !== (path === '/nowhere' ? 404 : 200)) {
        faults.push(`${address} answers ${answer.status()}`)
      }
      const isPage = answer.headers()['content-type']?.startsWith('text/html')
      for (const [, name, value = ''] of isPage ? (await answer.text()).matchAll(ADDRESS) : []) {
        const to = value.replaceAll('&amp;', '&').split('#', 1)[0]!
        if (!`${to}/`.startsWith(`${BASE}/`)) {
          faults.push(`${address} has ${name}="${value}"`)
        } else if ((name === 'href' || name === 'src') && !seen.has(to)) {
          seen.add(to)
          queue.push(to)
        }
      }
    }
    return { routes, faults }
  }

  test('every page leads to nothing outside, and every link to something', async ({ assert, browser }) => {
    const { request } = await visitBelow(browser)

    const { routes, faults } = await walk(request)

    assert.deepEqual(faults, [])
    const pages = Object.values(router.toJSON())
      .flat()
      .filter(({ methods, pattern }) => methods.includes('GET') && !pattern.startsWith('/api/'))
      .map(({ pattern }) => pattern)
    const unseen = pages.filter((pattern) => !routes.has(pattern) && !UNLINKED.includes(pattern))
    assert.deepEqual(unseen, [], 'the inventory has a link to each page')
    assert.isAbove(routes.size, 30)
  })

  test('no script and no style names a path of its own', async ({ assert }) => {
    const named = ['js', 'css'].flatMap((kind) =>
      readdirSync(app.makePath('resources', kind)).flatMap((file) => {
        const text = readFileSync(app.makePath('resources', kind, file), 'utf8')
        const paths = text.match(
          kind === 'js' ? /(?<!(?:replace|endsWith)\()['"`]\/[a-z?$][^'"`]*/g : /url\(['"]?\/[^)]*/g
        )
        return (paths ?? []).map((path) => `${file}: ${path}`)
      })
    )
    assert.deepEqual(named, [])
    const built = readdirSync(app.makePath('public/assets')).filter((file) => file.endsWith('.css'))
    assert.notMatch(readFileSync(app.makePath('public/assets', built[0]!), 'utf8'), /url\(['"]?\//)
  })

  test('the API says where things are as its clients see it', async ({ assert }) => {
    const api = (path: string, options: RequestInit = {}) =>
      fetch(`${proxy.origin}${BASE}${path}`, { redirect: 'manual', ...options })
    const json = { 'content-type': 'application/json' }
    const login = await api('/api/login', { method: 'POST', headers: json, body: JSON.stringify(ADA) })
    const { access_token: token } = (await login.json()) as { access_token: string }
    const headers = { ...json, 'authorization': `Bearer ${token}`, 'idempotency-key': 'below' }
    const body = JSON.stringify({ hostname: 'desk-2', item_type: 'Laptop' })

    const created = await api('/api/items', { method: 'POST', headers, body })
    const again = await api('/api/items', { method: 'POST', headers, body })
    const list = await api('/api/items?limit=1', { headers })
    const { servers } = (await (await api('/api/openapi.json')).json()) as { servers: { url: string }[] }

    assert.match(login.headers.get('set-cookie')!, /access_token=.*; Path=\/laim;/)
    assert.match(created.headers.get('location')!, /^\/laim\/api\/items\/\d+$/)
    assert.equal(again.headers.get('location'), created.headers.get('location'))
    assert.match(list.headers.get('link')!, /^<\/laim\/api\/items\?limit=1&cursor=[^>]+>; rel="next"$/)
    const next = new URL(list.headers.get('link')!.slice(1).split('>', 1)[0]!, proxy.origin)
    assert.equal((await fetch(next, { headers })).status, 200)
    assert.equal(servers[0]!.url, BASE)
  })

  test('what goes past the proxy is served too, and nothing else', async ({ assert }) => {
    assert.equal((await server.get('/health')).status, 200)
    assert.equal((await server.get(`${BASE}/health`)).status, 200)
    assert.equal((await server.get(`${BASE}x/health`)).status, 404)
    assert.equal((await server.get(`${BASE}${BASE}/health`)).status, 404)
    for (const path of [`${BASE}?search=a`, '/', '/runs']) {
      const asked = await server.get(path, { accept: 'text/html' })
      assert.equal(asked.status, 303, path)
      assert.equal(asked.headers.get('location'), `${BASE}/login`, path)
    }
  })

  test('somebody signs in, searches, edits, follows a sync and signs out', async ({ assert, browser }) => {
    const { page, complaints, open } = await visitBelow(browser)
    const at = (path: string) => page.waitForURL(`${proxy.origin}${BASE}${path}`)
    await at('/runs?before=999')

    await page.getByRole('link', { name: 'Inventory' }).first().click()
    await at('/')
    await page.getByRole('searchbox').first().fill('desk-1')
    await at('/?search=desk-1')
    await page.getByRole('searchbox').first().fill('')
    await at('/')
    await page.locator('.row-link', { hasText: 'desk-1' }).click()
    await page.getByRole('link', { name: 'Edit' }).first().click()
    await page.locator('[name="notes"]').fill('below a path')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.locator('main').getByText('below a path').first().waitFor()

    await page.locator('summary', { hasText: 'Account of' }).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    const cookies = await page.context().cookies()
    assert.deepEqual([...new Set(cookies.map(({ path }) => path))], [BASE])
    await page.reload()
    assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')

    await open('/sources')
    await page.getByRole('button', { name: 'Sync all' }).click()
    await page.locator('#run[data-live]').waitFor()
    await page.locator('#run:not([data-live])').waitFor({ timeout: 60_000 })
    assert.equal(await page.locator('#run').getAttribute('data-status'), 'completed', await page.innerText('main'))

    await page.locator('summary', { hasText: 'Account of' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await at('/login')
    assert.deepEqual(complaints, [])
    assert.deepEqual(proxy.strays, [])
  })
})

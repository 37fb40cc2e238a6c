import app from '@adonisjs/core/services/app'
import { mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { type Observation, type ObservationPage, type SourcePlugin } from '@laim/sdk'
import { type ExampleConfig } from '../../../plugins/sdk/scaffold/config.js'
import { simulator } from '../../../plugins/sdk/scaffold/simulator/main.js'
import example from '../../../plugins/sdk/scaffold/source.js'
import { CertifySource } from '#services/sources/certify/certify_source'
import { PluginRegistry } from '#services/sources/plugin_registry'
import { ScaffoldSource } from '#services/sources/scaffold_source'

type Plugin = SourcePlugin<ExampleConfig, { afterId: number }>
type Page = ObservationPage<{ afterId: number }>

async function certificateOf(plugin: Plugin) {
  const registry = new PluginRegistry()
  registry.register('example', async () => plugin, { simulator: async () => simulator })
  app.container.swap(PluginRegistry, () => registry)
  try {
    return await new CertifySource().handle('example')
  } finally {
    app.container.restore(PluginRegistry)
  }
}

/** The example with its pages changed. */
function withPages(change: (page: Page, token: string) => Page): Plugin {
  return {
    ...example,
    async *discover(context, request) {
      for await (const page of example.discover(context, request)) {
        yield change(page, context.config.token.release())
      }
    },
  }
}

function withObservations(change: (seen: Observation, token: string) => Observation): Plugin {
  return withPages((page, token) => ({ ...page, observations: page.observations.map((seen) => change(seen, token)) }))
}

let readings = 0

/** What goes wrong in plugins, and the check that must notice. */
const MUTANTS: [what: string, check: string, plugin: () => Plugin][] = [
  [
    'has a setting without a title',
    'config.titles',
    () => ({
      ...example,
      config: { ...example.config, validator: { ...example.config.validator, toJSONSchema: untitled } as never },
    }),
  ],
  ['forgets to say that it is complete', 'read.whole', () => withPages(({ final: _final, ...page }) => page)],
  [
    'claims empty text',
    'read.rules',
    () => withObservations((seen) => ({ ...seen, claims: { ...seen.claims, model: '' } })),
  ],
  [
    'claims what it does not declare',
    'read.rules',
    () => withObservations((seen) => ({ ...seen, claims: { ...seen.claims, vendor: 'Acme' } })),
  ],
  [
    'names its records anew each time',
    'read.stable',
    () => ({
      ...example,
      async *discover(context, request) {
        readings += 1
        for await (const page of example.discover(context, request)) {
          const observations = page.observations.map((seen) => ({ ...seen, nativeId: `${readings}-${seen.nativeId}` }))
          yield { ...page, observations }
        }
      },
    }),
  ],
  [
    'writes serials as it gets them',
    'read.normal',
    () =>
      withObservations((seen) => ({
        ...seen,
        identifiers: seen.identifiers.map((one) => ({ ...one, value: ` ${one.value} ` })),
      })),
  ],
  [
    'ignores the size of a page',
    'read.page_size',
    () => ({ ...example, discover: (context, request) => example.discover(context, { ...request, pageSize: 500 }) }),
  ],
  [
    'passes every connection test',
    'check.refuse',
    () => ({
      ...example,
      check: async () => ({ ok: true, steps: [{ id: 'connect', status: 'pass', message: 'Fine' }] }),
    }),
  ],
  [
    'takes a failure for the end of the list',
    'read.fault_later',
    () => ({
      ...example,
      async *discover(context, request) {
        try {
          yield* example.discover(context, { ...request, pageSize: 20 })
        } catch {
          yield { observations: [], final: { coverage: 'complete' } }
        }
      },
    }),
  ],
  [
    'goes on after it was stopped',
    'read.abort',
    () => ({
      ...example,
      async *discover(context, request) {
        for await (const page of example.discover(context, { ...request, pageSize: 500 })) {
          yield page
          await sleep(context.signal.aborted ? 8000 : 0, undefined, { ref: false })
        }
      },
    }),
  ],
  [
    'loses a record when it goes on',
    'read.resume',
    () => ({
      ...example,
      discover: (context, { resumeAfter, ...request }) =>
        example.discover(context, {
          ...request,
          ...(resumeAfter && { resumeAfter: { afterId: resumeAfter.afterId + 1 } }),
        }),
    }),
  ],
  [
    'writes at the source',
    'quiet.reads_only',
    () => ({
      ...example,
      async *discover(context, request) {
        await context.http.json({ method: 'POST', path: '/api/devices', body: {}, accept: [401, 404] })
        yield* example.discover(context, request)
      },
    }),
  ],
  [
    'tells its token',
    'secret.kept',
    () => withObservations((seen, token) => ({ ...seen, claims: { ...seen.claims, model: token } })),
  ],
  ['copies credentials', 'secret.raw', () => withObservations((seen) => ({ ...seen, raw: { community: 'public' } }))],
]

function untitled() {
  return { type: 'object', properties: { baseUrl: { type: 'string' } } }
}

test.group('The conformance kit', () => {
  test('certifies the example that new plugins are made from', async ({ assert }) => {
    const { checks, ...certificate } = await certificateOf(example)

    assert.deepEqual(
      checks.filter(({ status }) => status !== 'pass'),
      []
    )
    assert.containsSubset(certificate, { plugin: 'example', passed: true, tier: 'gold' })
  })

  for (const [what, expected, plugin] of MUTANTS) {
    test(`notices a plugin that ${what}`, async ({ assert }) => {
      const { checks, passed } = await certificateOf(plugin())

      assert.isFalse(passed)
      const failed = checks.filter(({ status }) => status === 'fail').map(({ id }) => id)
      assert.include(failed, expected)
    }).timeout(90_000)
  }
})

test.group('The scaffold of a plugin', (group) => {
  let plugins: string
  group.each.setup(async () => {
    plugins = await mkdtemp(join(tmpdir(), 'laim-plugins-'))
    await symlink(app.makePath('plugins/sdk'), join(plugins, 'sdk'))
    return () => rm(plugins, { recursive: true })
  })

  test('is the example under another name', async ({ assert }) => {
    const files = await new ScaffoldSource().handle('acme-nms', plugins)

    assert.sameMembers(files, [
      ...['README.md', 'client.ts', 'config.ts', 'map.ts', 'provider.ts', 'source.ts'].map(
        (name) => `acme-nms/${name}`
      ),
      'acme-nms/simulator/main.ts',
      'acme-nms/tests/map.spec.ts',
    ])
    const texts = await Promise.all(files.map((file) => readFile(join(plugins, file), 'utf8')))
    assert.notMatch(texts.join('\n').replaceAll('.lab.example', ''), /example/i)
    assert.match(texts.join('\n'), /ACME_NMS_API_TOKEN[\s\S]*class AcmeNmsProvider/)
  })

  test('overwrites nothing and takes no other names', async ({ assert }) => {
    await new ScaffoldSource().handle('acme', plugins)

    for (const name of ['acme', 'sdk', '../acme', 'Acme', 'a b', '']) {
      await assert.rejects(() => new ScaffoldSource().handle(name, plugins), /choose another name|is no id/)
    }
    assert.sameMembers(await readdir(plugins), ['acme', 'sdk'])
  })
})

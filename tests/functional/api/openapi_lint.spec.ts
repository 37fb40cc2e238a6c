import app from '@adonisjs/core/services/app'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'
import { openapiDocument } from '#transformers/openapi/openapi_document'

/** What a linter says and is so on purpose: the rule, the place, and why. */
const ON_PURPOSE: readonly [rule: string, pointer: string, reason: string][] = [
  [
    'no-ambiguous-paths',
    '#/paths/~1api~1sync~1{id}~1cancel',
    'ids are numbers, so no address is both this and /api/sync/status/{id}, which scripts of LAIM 1.0 call',
  ],
]

const EXAMPLES = { 'no-invalid-media-type-examples': 'error', 'no-invalid-parameter-examples': 'error' } as const

/** What is wrong with a document by the strictest rules of the linter, as sentences; nothing is read from elsewhere. */
async function lint(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'], rules: EXAMPLES })
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config })
  return problems
    .map(({ ruleId, message, location }) => ({ ruleId, message, pointer: location[0]?.pointer ?? '' }))
    .filter(({ ruleId, pointer }) => !ON_PURPOSE.some(([rule, place]) => rule === ruleId && place === pointer))
    .map(({ ruleId, message, pointer }) => `${ruleId} at ${pointer}: ${message}`)
}

/** A copy of the document, to be spoilt. */
function readDocument(): ReturnType<typeof JSON.parse> {
  return JSON.parse(JSON.stringify(openapiDocument(operations, app.config.get('app.version'))))
}

test.group('The OpenAPI document, linted', () => {
  test('has nothing that a strict linter finds, its examples included', async ({ assert }) => {
    assert.deepEqual(await lint(readDocument()), [])
  })

  test('would be found out with an example that its schema does not allow, or a broken reference', async ({
    assert,
  }) => {
    const document = readDocument()
    const { post } = document.paths['/api/items']
    post.requestBody.content['application/json'].example.hostname = 17
    post.responses[201].content['application/json'].schema.$ref = '#/components/schemas/Nothing'

    const found = (await lint(document)).join('\n')

    assert.include(found, 'no-invalid-media-type-examples at #/paths/~1api~1items/post/requestBody')
    assert.include(found, 'no-unresolved-refs at #/paths/~1api~1items/post/responses/201')
  })

  test('names the headers that operations heed and answer', ({ assert }) => {
    const { paths } = readDocument()
    const headersOf = (path: string, method: string) => {
      const operation = paths[path][method]
      const heeded = (operation.parameters ?? []).filter((one: { in: string }) => one.in === 'header')
      const [answer] = Object.values<{ headers: object }>(operation.responses)
      return [heeded.map(({ name }: { name: string }) => name), Object.keys(answer!.headers)]
    }

    assert.deepEqual(headersOf('/api/items', 'get'), [[], ['X-Request-Id', 'Link', 'X-Total-Count']])
    assert.deepEqual(headersOf('/api/items/{id}', 'put'), [['If-Match'], ['X-Request-Id', 'ETag', 'X-Change-Id']])
    assert.deepEqual(headersOf('/api/items', 'post')[0], ['Idempotency-Key'])
    assert.deepEqual(headersOf('/api/items/{id}/pins/{field}', 'delete')[0], ['If-Match'])
  })
})

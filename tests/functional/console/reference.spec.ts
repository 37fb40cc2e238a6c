import { test } from '@japa/runner'
import { operations } from '#start/routes/operation'
import { openapiDocument } from '#transformers/openapi/openapi_document'
import { findContradictions } from '#tests/helpers/json_schema'

test.group('The reference of the API', () => {
  test('shows every operation to everybody, and loads nothing from elsewhere', async ({ assert, client }) => {
    const page = await client.get('/docs').header('Accept', 'text/html')

    page.assertStatus(200)
    for (const { name, path, summary, can } of operations) {
      assert.include(page.text(), `id="${name}"`)
      assert.include(page.text(), path)
      assert.include(page.text(), summary.replaceAll("'", '&#x27;'), name)
      assert.include(page.text(), can ?? 'Needs no sign-in')
    }
    assert.notMatch(page.text(), /(?:src|href)=["']?(?:https?:)?\/\//)
    assert.match(page.header('content-security-policy') ?? '', /default-src 'self'/)
    assert.notMatch(page.header('content-security-policy') ?? '', /unsafe|https?:|\*/)
    assert.include(page.text(), 'curl -X POST &quot;$LAIM/api/items&quot;')
  })

  test('gives examples that the document itself allows', ({ assert }) => {
    const document = openapiDocument(operations, '1.0.0')
    const bodies = Object.values(document.paths)
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => {
        const { requestBody, responses } = operation as Record<string, Record<string, unknown>>
        return [requestBody, ...Object.values(responses ?? {})] as { content?: Record<string, never> }[]
      })
      .flatMap((part) => part?.content?.['application/json'] ?? [])

    assert.isAbove(bodies.length, 50)
    for (const { schema, example } of bodies as { schema: object; example: unknown }[]) {
      assert.deepEqual(findContradictions(example, schema, JSON.stringify(schema).slice(0, 60), document), [])
    }
  })
})

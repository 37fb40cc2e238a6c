import app from '@adonisjs/core/services/app'
import { ApiClient } from '@japa/api-client'
import { operations } from '#start/routes/operation'
import { openapiDocument } from '#transformers/openapi/openapi_document'
import { findContradictions } from './json_schema.js'

type Document = ReturnType<typeof openapiDocument>

interface DescribedAnswer {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

let document: Document | null = null

/** What was asked, and what came back. */
export interface GivenAnswer {
  readonly method: string
  readonly path: string
  readonly status: number
  /** Without parameters; empty if there is none. */
  readonly type: string
  readonly text: string
}

/** Lets a test fail that is answered by the API what the OpenAPI document does not promise. */
export function checkAnswers(): void {
  ApiClient.teardown((response) => {
    const { method, endpoint } = response.request.config
    const [type = ''] = (response.header('content-type') ?? '').split(';')
    const [path = ''] = endpoint.split('?')
    const faults = findFaults({ method, path, status: response.status(), type, text: response.text() ?? '' })
    if (faults.length > 0) {
      throw new Error(`The OpenAPI document says otherwise:\n${faults.join('\n')}`)
    }
  })
}

/** How an answer contradicts the document; empty for what it agrees with, and for addresses outside of the API. */
export function findFaults({ method, path, status, type, text }: GivenAnswer): string[] {
  const operation = operations.find((one) => one.method === method.toUpperCase() && matches(one.path, path))
  if (!operation) {
    return []
  }
  const place = `${operation.method} ${operation.path} (${status})`
  document ??= openapiDocument(operations, app.config.get('app.version'))
  const described = document.paths[operation.path]?.[operation.method.toLowerCase()] as
    { responses: Record<string, DescribedAnswer> } | undefined
  const answer = described?.responses[status]
  if (!answer) {
    return [`${place} is not described`]
  }
  if (!answer.content) {
    return text === '' ? [] : [`${place} has a body`]
  }
  const content = answer.content[type]
  if (!content) {
    return [`${place} is of the type ${type}`]
  }
  return type.endsWith('json') ? findContradictions(JSON.parse(text), content.schema, place, document) : []
}

/** `{id}` is a number: what is none names no operation. */
function matches(template: string, path: string): boolean {
  const pattern = template
    .replaceAll('.', '\\.')
    .replace(/\{(\w+)\}/g, (_, name) => (name === 'id' ? '[1-9]\\d{0,8}' : '[^/]+'))
  return new RegExp(`^${pattern}$`).test(path)
}

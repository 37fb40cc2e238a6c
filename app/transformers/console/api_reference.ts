import { type Operation } from '../openapi/operation.js'
import { toExample } from '../openapi/example.js'
import { type openapiDocument } from '../openapi/openapi_document.js'
import { type JsonSchema } from '../shape.js'

type Document = ReturnType<typeof openapiDocument>

interface Field {
  readonly name: string
  /** Where it stands: in the path, the query, a header or the body. */
  readonly place: string
  readonly type: string
  readonly isRequired: boolean
  readonly rule: string
}

interface OperationPage {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  /** Null: everybody may, without signing in. */
  readonly permission: string | null
  readonly fields: readonly Field[]
  readonly answers: readonly { readonly status: string; readonly text: string; readonly type: string }[]
  /** An answer as it may look; null if it has no body of JSON. */
  readonly sample: string | null
  readonly curl: string
}

export interface ReferencePage {
  readonly version: string
  readonly groups: readonly { readonly name: string; readonly operations: readonly OperationPage[] }[]
}

interface Described {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly schema: Schema
  }[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> }
  readonly responses: Record<
    string,
    { readonly description: string; readonly content?: Record<string, { schema: Schema }> }
  >
}

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly required?: readonly string[]
  readonly properties?: Record<string, Schema>
  readonly [word: string]: unknown
}

const LIMITS = ['minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems'] as const

/** The OpenAPI document as a page: what it says of each operation, by the first word of its path. */
export function toApiReference(operations: readonly Operation[], document: Document): ReferencePage {
  const groups = Map.groupBy(operations, ({ path }) => path.split('/')[2]!)
  return {
    version: document.info.version,
    groups: [...groups].map(([name, members]) => ({
      name,
      operations: members.map((operation) => toPage(operation, document)),
    })),
  }
}

function toPage({ method, path, name, summary, can }: Operation, { paths, components }: Document): OperationPage {
  const described = paths[path]![method.toLowerCase()] as Described
  const [bodyType, body] = Object.entries(described.requestBody?.content ?? {})[0] ?? []
  const fields = [
    ...(described.parameters ?? []).map((one) => toField(one.name, one.in, one.schema, one.required)),
    ...Object.entries(body?.schema.properties ?? {}).map(([key, schema]) =>
      toField(
        key,
        bodyType === 'application/json' ? 'body' : 'form',
        schema,
        body!.schema.required?.includes(key) ?? false
      )
    ),
  ]
  const [success] = Object.values(described.responses)
  const schema = success?.content?.['application/json']?.schema
  return {
    id: name,
    method,
    path,
    summary,
    permission: can,
    fields,
    answers: Object.entries(described.responses).map(([status, { description, content }]) => {
      const [type, one] = Object.entries(content ?? {})[0] ?? ['', undefined]
      return { status, text: description, type: one ? `${typeOf(one.schema)} ${type}`.trim() : '' }
    }),
    sample: schema ? JSON.stringify(toExample(schema, components.schemas), null, 2) : null,
    curl: toCurl({ method, path, can, bodyType, body: body?.schema }, components.schemas),
  }
}

function toField(name: string, place: string, schema: Schema, isRequired: boolean): Field {
  const limits = LIMITS.flatMap((word) => (schema[word] === undefined ? [] : [`${word} ${String(schema[word])}`]))
  const choices = schema.enum ?? schema.items?.enum
  const rule = [...(choices ? [choices.map(String).join(', ')] : []), ...limits].join('; ')
  return { name, place, type: typeOf(schema), isRequired, rule }
}

function typeOf({ $ref, anyOf, type, format, items }: Schema): string {
  if ($ref) {
    return $ref.split('/').at(-1)!
  }
  if (anyOf) {
    return anyOf.map(typeOf).join(' or ')
  }
  const word = [type ?? 'any'].flat().join(' or ')
  return items ? `${word} of ${typeOf(items)}` : (format ?? word)
}

interface Call {
  readonly method: string
  readonly path: string
  readonly can: string | null
  readonly bodyType: string | undefined
  readonly body: Schema | undefined
}

/** A command line for the shell, with the token in a variable: one that is typed would stay in the history. */
function toCurl({ method, path, can, bodyType, body }: Call, schemas: Readonly<Record<string, JsonSchema>>): string {
  const address = path.replace('{id}', '17').replace('{field}', 'hostname').replace('{name}', 'lab')
  const json = body && bodyType === 'application/json' ? JSON.stringify(toExample(body, schemas)) : null
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$LAIM${address}"`,
    ...(can === null ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(json ? ['-H "Content-Type: application/json"', `-d '${json.replaceAll("'", String.raw`'\''`)}'`] : []),
    ...(body && json === null ? ['-F file=@items.csv'] : []),
  ].join(' \\\n  ')
}

import { type JsonSchema } from '../shape.js'
import { toExample } from './example.js'
import { toAnswerHeaders, toHeaderParameters } from './headers.js'
import { toInputSchema, toParameters, toUploadSchema } from './input_schema.js'
import { type Operation } from './operation.js'
import { PROBLEM_SCHEMA, toFaults } from './problems.js'
import { toTag, toTags } from './tags.js'

type Schemas = Readonly<Record<string, JsonSchema>>

/** The whole API as an OpenAPI 3.1 document, made from what serves the requests. `basePath` is empty or `/laim`. */
export function openapiDocument(operations: readonly Operation[], version: string, basePath = '') {
  const schemas: Record<string, JsonSchema> = { Problem: PROBLEM_SCHEMA }
  const paths: Record<string, Record<string, unknown>> = {}

  for (const operation of operations) {
    for (const answered of [operation.answers.of, operation.later?.of]) {
      if (answered) {
        schemas[answered.name] = answered.schema
      }
    }
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation, schemas),
    }
  }

  return {
    openapi: '3.1.0',
    info: {
      title: 'LAIM',
      version,
      description: 'An inventory of lab assets, reconciled from the systems that know them.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: basePath || '/', description: 'The server that this document comes from' }],
    tags: toTags(operations),
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'access_token' },
      },
    },
  }
}

function describe(operation: Operation, schemas: Schemas) {
  const { summary, name, can, query, body, upload, later } = operation
  const description = can === null ? 'Needs no sign-in.' : `Needs the permission \`${can}\`.`
  const parameters = [
    ...pathParameters(operation.path),
    ...(query ? toParameters(query) : []),
    ...toHeaderParameters(operation),
  ]

  return {
    operationId: name,
    tags: [toTag(operation)],
    summary,
    description,
    security: can === null ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { 'application/json': withExample(toInputSchema(body), schemas) } },
    }),
    ...(upload && {
      requestBody: { required: true, content: { 'multipart/form-data': { schema: toUploadSchema(upload) } } },
    }),
    responses: {
      [operation.answers.status]: answerOf(operation, schemas),
      ...(later && { [later.status]: answerOf({ ...operation, answers: later }, schemas) }),
      ...toFaults(operation),
    },
  }
}

function answerOf(operation: Operation, schemas: Schemas) {
  return { description: 'Done', headers: toAnswerHeaders(operation), ...contentOf(operation, schemas) }
}

function contentOf({ answers }: Operation, schemas: Schemas) {
  if (answers.type) {
    return { content: { [answers.type]: { schema: { type: 'string' } } } }
  }
  if (!answers.of) {
    return {}
  }
  const one = { $ref: `#/components/schemas/${answers.of.name}` }
  const schema = answers.list ? { type: 'array', items: one } : one
  return { content: { 'application/json': withExample(schema, schemas) } }
}

function withExample(schema: object, schemas: Schemas) {
  return { schema, example: toExample(schema, schemas) }
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: name === 'id' ? { type: 'integer', minimum: 1 } : { type: 'string' },
  }))
}

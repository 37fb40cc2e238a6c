import { type InputDescription } from './operation.js'

interface ObjectSchema {
  readonly properties: Readonly<Record<string, object>>
  readonly required?: readonly string[]
}

/**
 * A validator's schema as OpenAPI 3.1 wants it. Vine writes JSON Schema draft 7, of which nothing that our validators
 * use has changed since.
 */
export function toInputSchema(input: InputDescription): object {
  return input.toJSONSchema()
}

/** The properties of a query's validator, each as a parameter. */
export function toParameters(input: InputDescription) {
  const { properties, required = [] } = input.toJSONSchema() as ObjectSchema
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

/** A form with these fields and a file. */
export function toUploadSchema(input: InputDescription): object {
  const { properties, required = [], ...rest } = input.toJSONSchema() as ObjectSchema
  const file = { type: 'string', contentMediaType: 'application/octet-stream' }
  return { ...rest, properties: { file, ...properties }, required: ['file', ...required] }
}

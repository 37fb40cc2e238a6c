/** A JSON Schema (draft 2020-12) of a value that the API answers. */
export type JsonSchema = Readonly<Record<string, unknown>>

/** How one field of an answer reads and what it holds. */
export interface ShapeField<Source> {
  readonly schema: JsonSchema
  readonly read: (source: Source) => unknown
}

/**
 * What the API answers for one kind of thing. The same table makes the JSON of an answer and its schema in the
 * OpenAPI document, so neither can say what the other does not.
 */
export interface Shape<Source> {
  readonly name: string
  readonly schema: JsonSchema
  readonly toJson: (source: Source) => Record<string, unknown>
}

export function shape<Source>(name: string, fields: Record<string, ShapeField<Source>>): Shape<Source> {
  const entries = Object.entries(fields)
  return {
    name,
    schema: {
      type: 'object',
      properties: Object.fromEntries(entries.map(([field, { schema }]) => [field, schema])),
      required: entries.map(([field]) => field),
      additionalProperties: false,
    },
    toJson(source) {
      // Lists have up to a thousand rows: no array in between for each.
      const json: Record<string, unknown> = {}
      for (const [field, { read }] of entries) {
        json[field] = read(source)
      }
      return json
    },
  }
}

type Read<Source> = (source: Source) => unknown

export function integer<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'integer' }, read }
}

export function text<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'string' }, read }
}

export function choice<Source>(values: readonly string[], read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'string', enum: values }, read }
}

export function flag<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'boolean' }, read }
}

/** A time as ISO 8601 in UTC. */
export function time<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'string', format: 'date-time' }, read }
}

export function listOf<Source>(items: JsonSchema, read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'array', items }, read }
}

/** Names with a number each. */
export function counts<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'object', additionalProperties: { type: 'integer' } }, read }
}

/** An object whose names differ from one to the next. */
export function record<Source>(read: Read<Source>): ShapeField<Source> {
  return { schema: { type: 'object' }, read }
}

/** The same field where null means absent. */
export function nullable<Source>({ schema, read }: ShapeField<Source>): ShapeField<Source> {
  return { schema: { anyOf: [schema, { type: 'null' }] }, read: (source) => read(source) ?? null }
}

/** A field that is itself a shape. */
export function nested<Source, Part>(part: Shape<Part>, read: (source: Source) => Part): ShapeField<Source> {
  return { schema: part.schema, read: (source) => part.toJson(read(source)) }
}

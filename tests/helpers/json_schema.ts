interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
}

/**
 * What in a value contradicts a schema, as sentences with the place; empty if nothing does. Knows the words of JSON
 * Schema that our document uses for answers.
 */
export function findContradictions(value: unknown, schema: Schema, at = '$', root: object = schema): string[] {
  if (schema.$ref) {
    return findContradictions(value, resolve(schema.$ref, root), at, root)
  }
  if (schema.anyOf) {
    const fits = schema.anyOf.some((option) => findContradictions(value, option, at, root).length === 0)
    return fits ? [] : [`${at} is none of ${JSON.stringify(schema.anyOf)}: ${JSON.stringify(value)}`]
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${at} is not one of ${schema.enum}: ${JSON.stringify(value)}`]
  }
  const types = [schema.type ?? []].flat()
  if (types.length > 0 && !types.includes(typeOf(value))) {
    return [`${at} is ${typeOf(value)} instead of ${types}`]
  }
  if (value === null) {
    return []
  }
  if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(String(value))) {
    return [`${at} is no time in UTC: ${value}`]
  }
  if (types.includes('array')) {
    return (value as unknown[]).flatMap((item, n) => findContradictions(item, schema.items ?? {}, `${at}[${n}]`, root))
  }
  return types.includes('object') ? findInObject(value as object, schema, at, root) : []
}

function resolve(reference: string, root: object): Schema {
  const keys = reference.slice('#/'.length).split('/')
  return keys.reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], root) as Schema
}

function findInObject(value: object, schema: Schema, at: string, root: object): string[] {
  const { properties = {}, required = [], additionalProperties = true } = schema
  const missing = required
    .filter((key: string) => !Object.hasOwn(value, key))
    .map((key: string) => `${at} has no ${key}`)
  const parts = Object.entries(value).flatMap(([key, part]) => {
    const known = properties[key] ?? additionalProperties
    if (known === false) {
      return [`${at} has an unknown ${key}`]
    }
    return known === true ? [] : findContradictions(part, known, `${at}.${key}`, root)
  })
  return [...missing, ...parts]
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

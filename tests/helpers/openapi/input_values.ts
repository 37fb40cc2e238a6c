import fc from 'fast-check'
import { type DescribedInput, type InputSchema } from './described_calls.js'

/** What fits by its meaning, where the schema alone does not know. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  'item_type': ['Switch', 'Router', 'Smart TV'],
  'room_location': ['2265', '2266'],
  'mac_address': ['001b.213c.4d5e', '00:1B:21:3C:4D:5F', null],
  'ip_address': ['192.0.2.14', '2001:db8::1', null],
  'source': ['alpha', 'all', 'nothing'],
  'expires_at': ['2100-01-01T00:00:00Z', null],
  'until': ['always', 'source_change', '2100-01-01'],
  'email': ['ada@example.org', 'grace@example.org'],
  'username': ['ada', 'grace', 'linus'],
  'password': ['a password long enough', 'short'],
  'field': ['hostname', 'model'],
  'name': ['alpha', 'plain', 'nothing'],
  'Idempotency-Key': ['key-1', 'key-2', 'key-3'],
  'If-Match': ['"1"', '*', 'W/"1"', 'nonsense'],
  'url': ['https://hooks.example.org/laim', 'http://192.0.2.1/'],
}

const WORD = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,20}$/)

/** Values at the edges of what is text, number, list and object, whatever was asked for. */
const HOSTILE: readonly unknown[] = [
  null,
  '',
  '   ',
  0,
  -1,
  1.5,
  1e99,
  2 ** 53 + 1,
  2 ** 31,
  '1',
  'NaN',
  '-1',
  true,
  [],
  [null],
  [[1]],
  {},
  { a: 1 },
  JSON.parse('{"__proto__": {"isAdmin": true}}'),
  { constructor: { prototype: {} } },
  { toString: 'x' },
  'a\u0000b',
  'a\ud800b',
  '\u202eabc',
  '\r\nX-Evil: 1',
  '\u001b[31m',
  '🙂漢é',
  '%00',
  "'",
  '"; --',
  '../../etc/passwd',
  'x'.repeat(300),
  'x'.repeat(20_000),
  'ſ'.repeat(64),
  'ß'.repeat(253),
]

/** What a client can put into a header, and more. */
export const HOSTILE_HEADERS = ['', 'a b', 'x'.repeat(256), 'é', '"', "'; drop table users; --", '../..', '\t']

/** A value as the document wants it. */
export function fittingValue(
  { name, schema, in: place }: DescribedInput,
  ids: readonly number[]
): fc.Arbitrary<unknown> {
  const known = KNOWN[name]
  const id = fc.constantFrom(...ids, 999_999_999)
  if (place === 'path' && name === 'id') {
    return id
  }
  if (known) {
    return schema.type === 'array' ? fc.array(fc.constantFrom(...known), { maxLength: 3 }) : fc.constantFrom(...known)
  }
  return ofSchema(schema, id)
}

function ofSchema(schema: InputSchema, id: fc.Arbitrary<number>): fc.Arbitrary<unknown> {
  const types = [schema.type ?? []].flat()
  if (schema.enum) {
    return fc.constantFrom(...schema.enum)
  }
  if (types.includes('integer') || types.includes('number')) {
    const { minimum = 0, maximum = 1000 } = schema
    return maximum > 1000 ? id : fc.integer({ min: minimum, max: maximum })
  }
  if (types.includes('boolean')) {
    return fc.boolean()
  }
  if (types.includes('array')) {
    return fc.array(ofSchema(schema.items ?? {}, id), { minLength: schema.minItems ?? 0, maxLength: 3 })
  }
  if (types.includes('object')) {
    const properties = Object.entries(schema.properties ?? {}).map(([key, one]) => [key, ofSchema(one, id)] as const)
    return fc.record(Object.fromEntries(properties), { requiredKeys: [...(schema.required ?? [])] })
  }
  const text = WORD.map((word) => word.slice(0, schema.maxLength ?? 20))
  return types.includes('null') ? fc.option(text, { freq: 4 }) : text
}

/** Any value at all: hostile ones, and what is one beyond the bounds of the schema. */
export function hostileValue(schema: InputSchema): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constantFrom(...HOSTILE, ...brokenValues(schema)), fc.string({ unit: 'binary' }), fc.jsonValue())
}

/** Values that this schema refuses for certain. For query parameters these must be text. */
export function brokenValues(schema: InputSchema): unknown[] {
  const types = [schema.type ?? []].flat()
  const broken: unknown[] = []
  if (schema.enum) {
    broken.push('no such value', { a: 1 })
  }
  if (types.includes('integer')) {
    broken.push('ten', 1.5, { a: 1 }, [], (schema.minimum ?? 0) - 1)
    broken.push(...(schema.maximum === undefined ? [] : [schema.maximum + 1]))
  }
  if (types.includes('string')) {
    broken.push(17, true, ['a'], { a: 1 })
    broken.push(...(schema.maxLength === undefined ? [] : ['x'.repeat(schema.maxLength + 1)]))
  }
  if (types.includes('boolean')) {
    broken.push('perhaps', 7, {})
  }
  if (types.includes('array')) {
    broken.push('a', 7, { a: 1 })
  }
  if (types.includes('object')) {
    broken.push('a', 7, ['a'], { no_such_field: 1 })
  }
  return broken
}

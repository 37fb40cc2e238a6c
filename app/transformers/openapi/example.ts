import { type JsonSchema } from '../shape.js'

/** What a field of this name may hold. Others are made up from their schema. */
const KNOWN: Readonly<Record<string, unknown>> = {
  hostname: 'lab-sw-014',
  serial_number: 'FOC2140X0QK',
  mac_address: '00:1B:21:3C:4D:5E',
  asset_tag: 'LAB-0017',
  item_type: 'Switch',
  room_location: '2265',
  room: '2265',
  sub_location: 'Rack 1',
  ip_address: '192.0.2.14',
  vendor: 'Cisco',
  model: 'WS-C2960X-48FPD-L',
  firmware_version: '15.2(7)E',
  username: 'ada',
  email: 'ada@lab.example',
  password: 'correct horse battery',
  current_password: 'correct horse battery',
  new_password: 'staple battery horse',
  address: '192.0.2.7',
  url: 'https://cmdb.lab.example/hooks/laim',
  source: 'all',
  expires_at: '2027-01-31T12:00:00Z',
  plan_hash: 'nFV2rUQX0JbKzv5mD3oPq8sWcL1tYh7eAg4iRk9uBxE',
  until: 'always',
}

interface Schema {
  readonly $ref?: string
  readonly anyOf?: readonly Schema[]
  readonly enum?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly minimum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

/** A value that a schema allows, as somebody could have written it. `schemas` holds what is referred to. */
export function toExample(schema: object, schemas: Readonly<Record<string, JsonSchema>>, name = ''): unknown {
  const { $ref, anyOf, enum: choices, type, format, minimum, items, properties }: Schema = schema
  if ($ref) {
    return toExample(schemas[$ref.split('/').at(-1)!]!, schemas)
  }
  const [kind] = [type ?? []].flat()
  if (name in KNOWN && (kind === 'string' || anyOf) && !choices) {
    return KNOWN[name]
  }
  if (anyOf) {
    return toExample(anyOf[0]!, schemas, name)
  }
  if (choices) {
    return choices[0]
  }
  switch (kind) {
    case 'integer':
    case 'number':
      return Math.max(minimum ?? 0, 1)
    case 'boolean':
      return true
    case 'string':
      return format === 'date-time' ? '2026-11-23T06:00:00Z' : name.replaceAll('_', ' ') || 'text'
    case 'array':
      return [toExample(items ?? {}, schemas, name)]
    case 'object':
      return Object.fromEntries(
        Object.entries(properties ?? {}).map(([key, part]) => [key, toExample(part, schemas, key)])
      )
    default:
      return null
  }
}

import vine from '@vinejs/vine'
import { type FieldContext, type SchemaTypes } from '@vinejs/vine/types'
import { parseIpAddress } from '#core/assets/ip_address'
import { parseMacAddress } from '#core/assets/mac_address'
import { withoutInvisibles } from '#core/assets/text'

/** Control characters; a text of several lines may hold tabs and line breaks. */
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]/
// eslint-disable-next-line no-control-regex
const CONTROLS_BUT_LAYOUT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** A body of a million unknown names costs no more than one of these. */
const MOST_NAMED = 100

const knownNames = vine.createRule<readonly string[]>((value, names, field) => {
  const unknown = Object.keys(value as object).filter((name) => !names.includes(name))
  for (const name of unknown.slice(0, MOST_NAMED)) {
    field.report('There is no field {{ field }} here', 'unknown', childOf(field, name))
  }
})

/** An object of exactly these properties: an unknown one is a fault that names it, not something to ignore. */
export function strict<P extends Record<string, SchemaTypes>>(properties: P) {
  return vine.object(properties).use(knownNames(Object.keys(properties)))
}

/** An object with exactly one of these properties. */
export const exactlyOneOf = vine.createRule<readonly string[]>((value, names, field) => {
  const given = names.filter((name) => (value as Record<string, unknown>)[name] !== undefined)
  if (given.length !== 1) {
    const message = `Give exactly one of ${names.join(' and ')}`
    field.report(message, 'exactlyOneOf', childOf(field, given[1] ?? names[0]!))
  }
})

/** An object with one property at least: an empty filter means everything by mistake more often than on purpose. */
export const someOf = vine.createRule((value, _options, field) => {
  if (Object.values(value as object).every((one) => one === undefined)) {
    field.report('The {{ field }} field must name something', 'someOf', field)
  }
})

/** Null is a value here, and not one of this field: without it `optional` takes null for absent. */
export const notNull = vine.createRule(
  (value, _options, field) => {
    if (value === null) {
      field.report('The {{ field }} field cannot be emptied', 'required', field)
    }
  },
  { implicit: true }
)

/** Text that both databases store alike and that no log or terminal can be tricked with. */
export const plainText = vine.createRule<{ lines: boolean }>((value, { lines }, field) => {
  const text = value as string
  if (!text.isWellFormed() || (lines ? CONTROLS_BUT_LAYOUT : CONTROLS).test(text)) {
    field.report('The {{ field }} field must not contain control characters', 'plainText', field)
  }
})

/** A MAC address in any notation, kept as twelve lower-case digits. */
export const macAddress = vine.createRule((value, _options, field) => {
  const mac = parseMacAddress(withoutInvisibles(value as string))
  if (mac === null) {
    field.report('The {{ field }} field must be a MAC address, such as 00:1B:21:3C:4D:5E', 'macAddress', field)
    return
  }
  field.mutate(mac, field)
})

/** An IPv4 or IPv6 address in its canonical form. */
export const ipAddress = vine.createRule((value, _options, field) => {
  const ip = parseIpAddress(withoutInvisibles(value as string))
  if (ip === null) {
    field.report('The {{ field }} field must be an IPv4 or IPv6 address', 'ipAddress', field)
    return
  }
  field.mutate(ip, field)
})

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/

/** A time in ISO 8601 with its zone, kept in UTC. */
export const moment = vine.createRule(
  (value, _options, field) => {
    const time = ISO_TIME.test(value as string) ? Date.parse(value as string) : Number.NaN
    if (Number.isNaN(time)) {
      field.report('The {{ field }} field must be a time with its zone, such as 2027-01-31T12:00:00Z', 'moment', field)
      return
    }
    field.mutate(new Date(time).toISOString(), field)
  },
  {
    toJSONSchema: (schema) => {
      schema.format = 'date-time'
    },
  }
)

/** A time that has not passed yet, in ISO 8601 with its zone. */
export const futureTime = vine.createRule(
  (value, _options, field) => {
    if (!ISO_TIME.test(value as string) || !(Date.parse(value as string) > Date.now())) {
      field.report('The {{ field }} field must be a future time, such as 2027-01-31T12:00:00Z', 'futureTime', field)
    }
  },
  {
    toJSONSchema: (schema) => {
      schema.format = 'date-time'
    },
  }
)

const DAY = /^\d{4}-\d\d-\d\d$/

/** How long a pin holds: always, until the source changes its mind, or until a day or time that has not come yet. */
export const pinEnd = vine.createRule((value, _options, field) => {
  const text = value as string
  const isFuture = (DAY.test(text) || ISO_TIME.test(text)) && Date.parse(text) > Date.now()
  if (text !== 'always' && text !== 'source_change' && !isFuture) {
    const message = 'The {{ field }} field must be always, source_change or a future date, such as 2027-01-31'
    field.report(message, 'pinEnd', field)
  }
})

function childOf(field: FieldContext, name: string): FieldContext {
  const path = field.name === '' ? name : `${field.getFieldPath()}.${name}`
  return { ...field, name, wildCardPath: path, getFieldPath: () => path }
}

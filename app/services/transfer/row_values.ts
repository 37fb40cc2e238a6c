import { type JsonColumnType } from '#services/sync/store/bulk_dialect'
import { type TableShape } from './schema_shape.js'

const TIME = /^[-+]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const HEX = /^([0-9a-f]{2})*$/

/** True for a list with a value of the right kind for each column. */
export function isRow(values: readonly unknown[], { columns }: TableShape): boolean {
  const kinds = Object.values(columns)
  return values.length === kinds.length && kinds.every((kind, index) => isValue(values[index], kind))
}

function isValue(value: unknown, kind: JsonColumnType): boolean {
  if (value === null) {
    return true
  }
  switch (kind) {
    case 'int':
      return Number.isSafeInteger(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'time':
      return typeof value === 'string' && TIME.test(value)
    case 'bytes':
      return typeof value === 'string' && HEX.test(value)
    case 'text':
      return typeof value === 'string'
    case 'json':
      return true
  }
}

import fc from 'fast-check'
import { ASSET_STATUSES } from '#core/assets/asset'

/** Text that a person could type into one line, with all that spreadsheets and parsers stumble over. */
const NASTY = ["'", '"', '""', ',', ';', '=', '+', '-', '@', '＝', "'=", 'a', 'B', '7', ' ', 'é', '漢', '🙂', '\\', '|']

function textOf(pieces: readonly string[], maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength }).map((parts) => parts.join('').trim())
}

const optional = (text: fc.Arbitrary<string>) => fc.option(text, { nil: '', freq: 3 })

/** An item as the cells of a file, but for what must be unique. */
const item = fc.record({
  hostname: textOf(NASTY, 20).filter((text) => text !== ''),
  item_type: fc.constantFrom('Switch', 'Router', 'Laptop', 'Smart TV'),
  room_location: fc.constantFrom('', '2265', '2266'),
  sub_location: optional(textOf(NASTY, 10)),
  notes: optional(textOf([...NASTY, '\n', '\r\n', '\t'], 30)),
  status: fc.constantFrom(...ASSET_STATUSES),
  vendor: optional(textOf(NASTY, 10)),
  model: optional(textOf(NASTY, 10)),
  firmware_version: optional(textOf(NASTY, 10)),
})

export type RandomItem = Record<string, string>

/** Items, each with an asset tag that is its own and begins as it likes. */
export function randomItems(constraints: { minLength: number; maxLength: number }): fc.Arbitrary<RandomItem[]> {
  const tagged = fc.record({ item, sign: fc.constantFrom('', "'", '=', "'=", '-', '@'), address: fc.nat(255) })
  return fc.array(tagged, { ...constraints, size: 'max' }).map((items) =>
    items.map((one, index) => ({
      ...one.item,
      asset_tag: `${one.sign}TAG-${index}`,
      serial_number: index % 3 === 0 ? '' : `${one.sign}X${100_000 + index}`,
      mac_address: index % 2 === 0 ? '' : toMac(index),
      ip_address: index % 4 === 0 ? '' : `192.0.2.${one.address}`,
    }))
  )
}

function toMac(index: number): string {
  return `001B21${index.toString(16).padStart(6, '0').toUpperCase()}`.replace(/(..)(?!$)/g, '$1:')
}

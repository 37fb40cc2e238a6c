import type { Normalizers } from '@laim/sdk'
import { parseHostname } from '#core/assets/hostname'
import { parseIpAddress } from '#core/assets/ip_address'
import { parseMacAddress } from '#core/assets/mac_address'
import { parseSerialNumber } from '#core/assets/serial_number'
import { parseText } from '#core/assets/text'

/** The parsers of the core, under the names of the contract. */
export const normalizers: Normalizers = {
  mac: parseMacAddress,
  serial: (value) => parseSerialNumber(value),
  hostname: parseHostname,
  ip: parseIpAddress,
  text: (value, max) => parseText(value, max) ?? undefined,
}

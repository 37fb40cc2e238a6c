import { parseHostname } from '#core/assets/hostname'
import { parseIpAddress } from '#core/assets/ip_address'
import { parseMacAddress } from '#core/assets/mac_address'
import { parseSerialNumber } from '#core/assets/serial_number'
import { parseText } from '#core/assets/text'
import type { Normalizers } from '@laim/sdk'

export const normalize: Normalizers = {
  mac: parseMacAddress,
  serial: (value) => parseSerialNumber(value),
  hostname: parseHostname,
  ip: parseIpAddress,
  text: (value, max) => parseText(value, max) ?? undefined,
}

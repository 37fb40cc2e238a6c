export const FIELD_LABELS: Record<string, string> = {
  hostname: 'Hostname',
  item_type: 'Type',
  serial_number: 'Serial number',
  mac_address: 'MAC address',
  asset_tag: 'Asset tag',
  room_location: 'Room',
  sub_location: 'Place',
  notes: 'Notes',
  status: 'Status',
  ip_address: 'IP address',
  vendor: 'Vendor',
  model: 'Model',
  firmware_version: 'Firmware',
  location: 'Location reported',
  presence: 'Presence',
  is_active: 'Active',
}

/** The API's name of a field, and the column's name where the two differ, as a person reads it. */
export function toFieldLabel(field: string): string {
  const name = { asset_type: 'item_type', room: 'room_location' }[field] ?? field
  return FIELD_LABELS[name] ?? name.replaceAll('_', ' ')
}

/** The same within a sentence: `serial number`, `MAC address`. */
export function toFieldWords(field: string): string {
  const label = toFieldLabel(field)
  return /^[A-Z]{2}/.test(label) ? label : `${label.charAt(0).toLowerCase()}${label.slice(1)}`
}

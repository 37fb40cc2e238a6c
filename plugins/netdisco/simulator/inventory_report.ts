import type { LabDevice } from '@laim/sdk/lab'

/**
 * `GET /api/v1/report/device/deviceinventory`: one row for each chassis. The server keeps one row of a name and
 * serial, so a device listed twice under two addresses is there once.
 */
export function reportInventory(devices: readonly LabDevice[]) {
  const rows = new Map<string, object>()
  for (const device of devices) {
    const view = device.views.netdisco
    const single = { name: null, serial: view.serial, model: view.model }
    for (const chassis of device.members.length > 0 ? device.members : [single]) {
      const key = JSON.stringify([view.sysName, chassis.serial])
      if (rows.has(key)) continue
      rows.set(key, {
        ip: view.ip,
        device_name: view.sysName,
        device_details: chassis.name,
        model: chassis.model === view.model ? view.model : `${chassis.model}|${view.model}`,
        serial: chassis.serial,
        vendor: view.vendor,
        os: view.os,
        version: view.version,
        location: view.location,
      })
    }
  }
  return [...rows.values()]
}

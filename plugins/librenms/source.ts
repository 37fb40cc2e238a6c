import { defineSource } from '@laim/sdk'
import { check } from './check.js'
import { config, type LibrenmsConfig } from './config.js'
import { discover } from './discover.js'
import { type InventoryMark } from './read_inventory.js'

/** LibreNMS: the devices it polls, read through its API v0. Its `device_id` is given once and never again. */
export default defineSource<LibrenmsConfig, InventoryMark>({
  manifest: {
    id: 'librenms',
    name: 'LibreNMS',
    version: '1.0.0',
    contract: '^1.0.0',
    configVersion: 1,
    checkpointVersion: 1,
    mappingVersion: 1,
    capabilities: {
      modes: ['full'],
      removals: 'implicit',
      resumable: false,
      nativeId: 'stable',
      claims: ['hostname', 'serialNumber', 'macAddress', 'ipAddress', 'vendor', 'model', 'firmwareVersion', 'location'],
      identifiers: ['serial', 'mac', 'hostname', 'ip'],
    },
    docsUrl: 'https://docs.librenms.org/API/',
  },
  config,
  check,
  discover,
})

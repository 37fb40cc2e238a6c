import { defineSource } from '@laim/sdk'
import { check } from './check.js'
import { config, type NetdiscoConfig } from './config.js'
import { discover } from './discover.js'
import type { NetdiscoCheckpoint } from './list_devices.js'

/**
 * Netdisco: the devices it discovered over SNMP, read through its REST API. Its key for a device is the
 * canonical address, which Netdisco changes when it renumbers a device and may give to another one later.
 */
export default defineSource<NetdiscoConfig, NetdiscoCheckpoint>({
  manifest: {
    id: 'netdisco',
    name: 'Netdisco',
    version: '1.0.0',
    contract: '^1.0.0',
    configVersion: 1,
    checkpointVersion: 1,
    mappingVersion: 1,
    capabilities: {
      modes: ['full'],
      removals: 'implicit',
      resumable: true,
      nativeId: 'reassignable',
      claims: ['hostname', 'serialNumber', 'macAddress', 'ipAddress', 'vendor', 'model', 'firmwareVersion', 'location'],
      identifiers: ['serial', 'mac', 'hostname', 'ip'],
    },
    docsUrl: 'https://github.com/netdisco/netdisco/wiki/API',
  },
  config,
  check,
  discover,
})

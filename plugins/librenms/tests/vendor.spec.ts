import { test } from '@japa/runner'
import { findVendor } from '../vendor.js'
import { deviceRow } from './rows.js'

test.group('LibreNMS vendors', () => {
  test('finds {vendor} for {os}, "{hardware}", {sysObjectID}')
    .with([
      { os: 'iosxe', hardware: 'C9300-48P', sysObjectID: '.1.3.6.1.4.1.9.1.2494', vendor: 'Cisco' },
      { os: 'junos', hardware: null, sysObjectID: '1.3.6.1.4.1.2636.1.1.1.2.63', vendor: 'Juniper' },
      { os: 'unifi', hardware: 'UAP-nanoHD', sysObjectID: '.1.3.6.1.4.1.8072.3.2.10', vendor: 'Ubiquiti' },
      {
        os: 'linux',
        hardware: 'Dell Inc. PowerEdge R640',
        sysObjectID: '.1.3.6.1.4.1.8072.3.2.10',
        vendor: 'Dell',
      },
      {
        os: 'windows',
        hardware: 'ProLiant DL360 Gen10',
        sysObjectID: '.1.3.6.1.4.1.311.1.1.3.1.2',
        vendor: 'HPE',
      },
      { os: 'apc', hardware: 'AP8959EU3', sysObjectID: '.1.3.6.1.4.1.318.1.3.4.6', vendor: 'APC' },
      { os: 'vmware-esxi', hardware: 'HPE ProLiant DL380', sysObjectID: '.1.3.6.1.4.1.6876.4.1', vendor: 'HPE' },
    ])
    .run(({ assert }, { vendor, ...values }) => {
      assert.equal(findVendor(deviceRow(values)), vendor)
    })

  test('names no vendor for {os}, "{hardware}"')
    .with([
      { os: 'linux', hardware: 'Generic x86 64-bit', sysObjectID: '.1.3.6.1.4.1.8072.3.2.10' },
      { os: 'windows', hardware: 'Intel x64', sysObjectID: '.1.3.6.1.4.1.311.1.1.3.1.2' },
      { os: 'ping', hardware: null, sysObjectID: null },
      { os: 'esphome', hardware: 'Model: ESP32', sysObjectID: '.1.3.9999.32' },
    ])
    .run(({ assert }, values) => {
      assert.isUndefined(findVendor(deviceRow(values)))
    })
})

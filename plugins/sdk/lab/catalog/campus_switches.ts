import type { LabProduct, PortPlan } from '../product.ts'

const CATALYST_PORTS: readonly PortPlan[] = [
  { name: 'Vl1', type: 'propVirtual', count: 1, mac: 'base' },
  { name: 'Vl{n}', type: 'propVirtual', first: 65, count: 1, mac: 'base' },
  { name: 'Gi0/0', type: 'ethernetCsmacd', count: 1, mac: 'base' },
  { name: 'Gi{m}/0/{n}', type: 'ethernetCsmacd', count: 24, mac: 'own' },
  { name: 'Te{m}/1/{n}', type: 'ethernetCsmacd', count: 4, mac: 'own' },
  { name: 'Nu0', type: 'other', count: 1, mac: 'none' },
]

const JUNOS_PORTS: readonly PortPlan[] = [
  { name: 'lsi', type: 'other', count: 1, mac: 'none' },
  { name: 'lo0', type: 'softwareLoopback', count: 1, mac: 'none' },
  { name: 'vme', type: 'ethernetCsmacd', count: 1, mac: 'base' },
  { name: 'ge-{m}/0/{n}', type: 'ethernetCsmacd', first: 0, count: 24, mac: 'own' },
  { name: 'xe-{m}/2/{n}', type: 'ethernetCsmacd', first: 0, count: 4, mac: 'own' },
  { name: 'irb', type: 'propVirtual', count: 1, mac: 'base' },
]

const CX_PORTS: readonly PortPlan[] = [
  { name: '{m}/1/{n}', type: 'ethernetCsmacd', count: 28, mac: 'own' },
  { name: 'mgmt', type: 'ethernetCsmacd', count: 1, mac: 'base' },
  { name: 'vlan1', type: 'l3ipvlan', count: 1, mac: 'base' },
]

/** Switches that stack, and those of the data hall. */
export const CAMPUS_SWITCHES: readonly LabProduct[] = [
  {
    key: 'c9300',
    share: 20,
    assetType: 'Switch',
    vendor: 'Cisco',
    prefix: 'sw',
    models: [
      { name: 'C9300-48P', netdisco: 'cat9300FixedSwitchStack', sysObjectId: '.1.3.6.1.4.1.9.1.2494' },
      { name: 'C9300-24T', netdisco: 'cat9300FixedSwitchStack', sysObjectId: '.1.3.6.1.4.1.9.1.2494' },
      { name: 'C9300L-24P-4X', sysObjectId: '.1.3.6.1.4.1.9.1.2695' },
    ],
    versions: [
      { librenms: '17.9.4a', netdisco: '17.9.4a' },
      { librenms: '17.12.3', netdisco: '17.9.4a' },
      { librenms: 'CAT9K_IOSXE 17.12.3', netdisco: '17.12.3' },
    ],
    os: { librenms: 'iosxe', netdisco: 'ios-xe' },
    type: 'network',
    oui: ['70db98', 'f4dbe6', '247e12'],
    serial: 'FOC2#2#@@@@',
    ports: CATALYST_PORTS,
    layers: '00000110',
    snmpClass: 'SNMP::Info::Layer3::CiscoSwitch',
    description:
      'Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version {version}, RELEASE SOFTWARE (fc3)\r\nTechnical Support: http://www.cisco.com/techsupport',
  },
  {
    key: 'c2960x',
    share: 14,
    assetType: 'Switch',
    vendor: 'Cisco',
    prefix: 'sw',
    models: [
      { name: 'WS-C2960X-48FPD-L', sysObjectId: '.1.3.6.1.4.1.9.1.1208' },
      { name: 'WS-C2960X-24PS-L', netdisco: 'cat29xxStack', sysObjectId: '.1.3.6.1.4.1.9.1.1208' },
    ],
    versions: [
      { librenms: '15.2(7)E', netdisco: '15.2(7)E' },
      { librenms: '15.2(7)E7', netdisco: '15.2(7)E' },
    ],
    os: { librenms: 'ios', netdisco: 'ios' },
    type: 'network',
    oui: ['ac7e8a', '001bd4', '188b9d'],
    serial: 'FCW19##@@@@',
    ports: CATALYST_PORTS,
    layers: '00000010',
    snmpClass: 'SNMP::Info::Layer2::C2900',
    description:
      'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version {version}, RELEASE SOFTWARE (fc3)\r\nTechnical Support: http://www.cisco.com/techsupport',
  },
  {
    key: 'nexus',
    share: 6,
    assetType: 'Switch',
    vendor: 'Cisco',
    prefix: 'dc',
    models: [
      { name: 'N9K-C93180YC-FX', netdisco: 'N9KC93180YCFX', sysObjectId: '.1.3.6.1.4.1.9.12.3.1.3.1940' },
      { name: 'N3K-C3064PQ-10GX', sysObjectId: '.1.3.6.1.4.1.9.12.3.1.3.1163' },
    ],
    versions: [
      { librenms: '9.3(9)', netdisco: '9.3(9)' },
      { librenms: '10.2(5)', netdisco: '9.3(9)' },
    ],
    os: { librenms: 'nxos', netdisco: 'nx-os' },
    type: 'network',
    oui: ['f872ea', '00fea0'],
    serial: 'FDO2#0#@@@@',
    ports: [
      { name: 'mgmt0', type: 'ethernetCsmacd', count: 1, mac: 'base' },
      { name: 'Ethernet1/{n}', type: 'ethernetCsmacd', count: 48, mac: 'own' },
      { name: 'port-channel10', type: 'propVirtual', count: 1, mac: 'own' },
      { name: 'Vlan1', type: 'propVirtual', count: 1, mac: 'base' },
    ],
    layers: '00000110',
    snmpClass: 'SNMP::Info::Layer3::Nexus',
    description:
      'Cisco NX-OS(tm) {model}, Software (NXOS 64-bit), Version {version}, RELEASE SOFTWARE Copyright (c) 2002-2022 by Cisco Systems, Inc.',
  },
  {
    key: 'ex',
    share: 14,
    assetType: 'Switch',
    vendor: 'Juniper',
    prefix: 'sw',
    models: [
      { name: 'Juniper EX3400-24P', netdisco: 'EX3400', sysObjectId: '.1.3.6.1.4.1.2636.1.1.1.4.131.2' },
      { name: 'Juniper EX4300-32F', netdisco: 'EX4300', sysObjectId: '.1.3.6.1.4.1.2636.1.1.1.2.63' },
      { name: 'Juniper EX2300-24T', netdisco: 'EX2300', sysObjectId: '.1.3.6.1.4.1.2636.1.1.1.4.132.2' },
    ],
    versions: [
      { librenms: '20.4R3-S7.2', netdisco: '20.4R3-S7.2' },
      { librenms: '21.4R3-S5.4', netdisco: '20.4R3-S7.2' },
    ],
    os: { librenms: 'junos', netdisco: 'junos' },
    type: 'network',
    oui: ['2c6bf5', '40b4f0', 'e45ecc'],
    serial: 'NV3#1#4###',
    ports: JUNOS_PORTS,
    layers: '00000110',
    snmpClass: 'SNMP::Info::Layer3::Juniper',
    description:
      'Juniper Networks, Inc. {model} Ethernet Switch, kernel JUNOS {version}, Build date: 2023-05-11 08:07:02 UTC Copyright (c) 1996-2023 Juniper Networks, Inc.',
  },
  {
    key: 'cx6300',
    share: 10,
    assetType: 'Switch',
    vendor: 'Aruba',
    prefix: 'sw',
    models: [
      {
        name: 'Aruba 6300M 24G CL4 PoE 4SFP56 Swch',
        netdisco: '6300M-24G',
        sysObjectId: '.1.3.6.1.4.1.47196.4.1.1.1.117',
      },
      { name: 'Aruba 6200F 48G 4SFP+ Swch', netdisco: '6200F-48G', sysObjectId: '.1.3.6.1.4.1.47196.4.1.1.1.301' },
    ],
    versions: [
      { librenms: 'FL.10.13.1030', netdisco: 'FL.10.13.1030' },
      { librenms: 'FL.10.13.1060', netdisco: 'FL.10.13.1030' },
    ],
    os: { librenms: 'arubaos-cx', netdisco: 'arubaos-cx' },
    type: 'network',
    oui: ['b8d4e7', '0c975f'],
    serial: 'SG3#KN@###',
    ports: CX_PORTS,
    layers: '00000110',
    snmpClass: 'SNMP::Info::Layer3::ArubaCX',
    description: 'Aruba {model} {version}',
  },
]

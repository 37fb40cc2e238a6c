import { test } from '@japa/runner'
import { ASSET_TYPES, type AssetTypeName } from '#core/assets/asset_type'
import { type Evidence } from '#core/assets/classification/evidence'
import { classify, toEvidence } from '#core/assets/classify'

type Case = readonly [AssetTypeName, Evidence]

/** What the table made of the cases beside what it should: one comparison shows all that are wrong. */
function compare(cases: readonly Case[]) {
  const expected = cases.map(([type, evidence]) => [type, evidence])
  const actual = cases.map(([, evidence]) => [classify(evidence), evidence])
  return { actual, expected }
}

test.group('classify | systems that run on several kinds', () => {
  test('tells Cisco switches, routers and wireless by model', ({ assert }) => {
    const { actual, expected } = compare([
      ['Switch', { os: 'ios', model: 'WS-C3750X-24P-S' }],
      ['Switch', { os: 'ios', model: 'C1000-48P-4G-L' }],
      ['Switch', { os: 'ios', model: 'IE-4000-8GT8GP4G-E' }],
      ['Switch', { os: 'ios', model: 'cat4507' }],
      ['Switch', { os: 'ios', model: 'cisco ME-3400E-24TS-M' }],
      ['Switch', { os: 'iosxe', model: 'C9200L-48T-4X' }],
      ['Switch', { os: 'iosxe', model: 'c38xx Stack' }],
      ['Router', { os: 'ios', model: 'CISCO2911/K9' }],
      ['Router', { os: 'ios', model: 'C887VA-K9' }],
      ['Router', { os: 'ios', model: '1841' }],
      ['Router', { os: 'ios', model: 'cisco7206VXR' }],
      ['Router', { os: 'iosxe', model: 'ISR4331/K9' }],
      ['Router', { os: 'iosxe', model: 'ASR1001-X' }],
      ['Router', { os: 'iosxe', model: 'C8300-2N2S-4T2X' }],
      ['Router', { os: 'iosxe', model: 'C1111-8PLTEEA' }],
      ['Wireless Controller', { os: 'iosxe', model: 'C9800-40-K9' }],
      ['WAP', { os: 'ios', model: 'AIR-CAP2702I-E-K9' }],
      ['WAP', { os: 'iosxe', model: 'C9120AXI-E', sysDescr: 'C9800-AP Software' }],
      ['Phone', { os: 'ios', model: 'VG224' }],
      ['Wireless Bridge', { os: 'ios', model: 'AIR-BR1310G-E-K9' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('reads the description where the model is only a chassis or absent', ({ assert }) => {
    const { actual, expected } = compare([
      [
        'Switch',
        {
          os: 'iosxe',
          model: 'Chassis',
          sysDescr: 'Cisco IOS Software [Everest], Catalyst L3 Switch Software (CAT9K_IOSXE)',
        },
      ],
      ['Switch', { os: 'ios', sysDescr: 'Cisco IOS Software, C2960L Software (C2960L-UNIVERSALK9-M)' }],
      ['Router', { os: 'ios', sysDescr: 'Cisco IOS Software, C2900 Software (C2900-UNIVERSALK9-M)' }],
      ['Router', { os: 'ios', sysDescr: 'Cisco IOS Software, 2800 Software (C2800NM-ADVIPSERVICESK9-M)' }],
      ['WAP', { os: 'ios', sysDescr: 'Cisco IOS Software, C3700 Software (AP3G2-K9W8-M)' }],
      [
        'Router',
        {
          os: 'iosxe',
          model: 'Chassis',
          sysDescr: 'Cisco IOS Software [Bengaluru], ASR1000 Software (X86_64_LINUX_IOSD-UNI)',
        },
      ],
    ])

    assert.deepEqual(actual, expected)
  })

  test('takes an SRX for a firewall although it calls itself an internet router', ({ assert }) => {
    const { actual, expected } = compare([
      ['Firewall', { os: 'junos', sysDescr: 'Juniper Networks, Inc. srx1500 internet router, kernel JUNOS' }],
      ['Firewall', { os: 'junos', model: 'Juniper VSRX Internet Router' }],
      ['Switch', { os: 'junos', model: 'Juniper EX4300-32F Switch' }],
      ['Switch', { os: 'junos', model: 'Virtual Chassis Switch' }],
      ['Router', { os: 'junos', model: 'Juniper MX204' }],
      ['Router', { os: 'junos', model: 'ACX7100-32C' }],
      ['Router', { os: 'junos', model: 'PTX10003-80C' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('tells the lines of Huawei, Nokia, HPE and MikroTik', ({ assert }) => {
    const { actual, expected } = compare([
      ['Switch', { os: 'vrp', model: 'S6730-H48X6C' }],
      ['Switch', { os: 'vrp', model: 'CE8850-64CQ-EI' }],
      ['Router', { os: 'vrp', sysDescr: 'VRP (R) software, Version 8.180 (NE40E V800R010C10)' }],
      ['Firewall', { os: 'vrp', model: 'USG6555E' }],
      ['Wireless Controller', { os: 'vrp', model: 'AC6508' }],
      ['WAP', { os: 'vrp', model: 'AP7060DN' }],
      ['Router', { os: 'timos', model: '7750 SR-7' }],
      ['Unknown', { os: 'timos', model: '7210 SAS-Mxp' }],
      ['Switch', { os: 'comware', model: '5130-24G-4SFP+' }],
      ['Router', { os: 'comware', sysDescr: 'HPE Comware Platform Software, HPE MSR3012' }],
      ['Router', { os: 'routeros', model: 'CCR2004-16G-2S+' }],
      ['Switch', { os: 'routeros', model: 'CRS354-48G-4S+2Q+' }],
      ['Wireless Bridge', { os: 'routeros', model: 'RBwAPG-60ad' }],
      ['Wireless Bridge', { os: 'routeros', model: 'RBDynaDishG-5HacD' }],
      ['Router', { os: 'routeros', model: 'RBSXTR&R11e-LTE' }],
      ['WAP', { os: 'routeros', model: 'RBcAPGi-5acD2nD' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('tells controllers, access points and switches of one wireless maker', ({ assert }) => {
    const { actual, expected } = compare([
      ['Wireless Controller', { os: 'arubaos', sysDescr: 'ArubaOS (MODEL: Aruba7240XM)' }],
      ['WAP', { os: 'arubaos', sysDescr: 'ArubaOS (MODEL: 515), Version 8.9' }],
      ['WAP', { os: 'unifi', model: 'U6-LR' }],
      ['Switch', { os: 'unifi', model: 'USW-Pro-48-PoE' }],
      ['Router', { os: 'unifi', model: 'UDM-Pro' }],
      ['PDU', { os: 'unifi', model: 'USP-PDU-Pro' }],
      ['WAP', { os: 'lcos', model: 'LANCOM LN-1700B' }],
      ['Router', { os: 'lcos', model: 'LANCOM 1926VAG' }],
      ['Wireless Controller', { os: 'lcos', model: 'LANCOM WLC-1000' }],
      ['WAP', { os: 'hpmsm', model: 'MSM466' }],
      ['WAP', { os: 'ciscosb', model: 'WAP371' }],
      ['Router', { os: 'ciscosb', model: 'RV340' }],
      ['Switch', { os: 'ciscosb', model: 'SG350-28P' }],
      ['WAP', { os: 'meraki', model: 'MR46' }],
      ['Switch', { os: 'meraki', model: 'MS225-48FP' }],
      ['Firewall', { os: 'meraki', model: 'MX84' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('tells Fortinet products and Axis devices by their line', ({ assert }) => {
    const { actual, expected } = compare([
      ['Firewall', { os: 'fortios', model: 'FGT_200F' }],
      ['Firewall', { os: 'fortigate', model: 'FortiWiFi 60F' }],
      ['WAP', { os: 'fortios', model: 'FortiAP 231F' }],
      ['Switch', { os: 'fortios', model: 'FortiSwitch-124E' }],
      ['Unknown', { os: 'fortios', model: 'FortiManager-VM64' }],
      ['Camera', { os: 'axiscam', model: 'AXIS Q6075-E' }],
      ['Media', { os: 'axiscam', model: 'AXIS C1310-E', sysDescr: '; Network Horn Speaker;' }],
      ['Phone', { os: 'axiscam', model: 'AXIS I8116-E' }],
      ['Unknown', { os: 'axiscam', model: 'AXIS A1601', sysDescr: '; Network Door Controller;' }],
      ['NVR', { os: 'hikvision-cam', model: 'DS-7732NI-K4' }],
    ])

    assert.deepEqual(actual, expected)
  })
})

test.group('classify | power and cooling', () => {
  test('tells what a management card sits in', ({ assert }) => {
    const card = 'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.9.6 PN:apc_hw05_aos_696.bin'
    const { actual, expected } = compare([
      ['PDU', { os: 'apc', model: 'AP8841' }],
      ['PDU', { os: 'apc', model: 'AP7900B' }],
      ['UPS', { os: 'apc', model: 'Smart-UPS SRT 5000' }],
      ['Power', { os: 'apc', model: 'AP4423' }],
      ['Environment', { os: 'apc', model: 'ACRD301' }],
      ['UPS', { os: 'apc', sysDescr: `${card} AF1:v6.9.6 AN1:apc_hw05_su_696.bin` }],
      ['PDU', { os: 'apc', sysDescr: `${card} AF1:v6.9.6 AN1:apc_hw05_rpdu2g_696.bin` }],
      ['PDU', { os: 'apc', sysDescr: card, sysObjectId: '.1.3.6.1.4.1.318.1.3.4.5' }],
      ['Unknown', { os: 'apc', sysDescr: 'APC Web/SNMP Management Card', sourceType: 'power' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('takes a switched power strip and a transfer switch for no switches', ({ assert }) => {
    const { actual, expected } = compare([
      ['PDU', { sysDescr: 'Acme Switched PDU 24 outlets' }],
      ['Power', { sysDescr: 'Automatic Transfer Switch 16A' }],
      ['PDU', { os: 'cyberpower', model: 'PDU81005' }],
      ['UPS', { os: 'cyberpower', model: 'OL3000ERTXL2U' }],
      ['PDU', { os: 'liebert', model: 'Liebert FPC' }],
      ['UPS', { os: 'liebert', model: 'GXT5-3000MVRT2UXL' }],
      ['PDU', { os: 'raritan-pdu', model: 'PX3-5902V' }],
      ['Power', { os: 'eltek-webpower' }],
      ['Environment', { os: 'akcp' }],
    ])

    assert.deepEqual(actual, expected)
  })
})

test.group('classify | computers', () => {
  test('tells Windows clients from servers by edition and agent', ({ assert }) => {
    const hardware = 'Hardware: Intel64 Family 6 Model 85 - Software: Windows Version 6.3'
    const { actual, expected } = compare([
      ['Server', { os: 'windows', version: 'Server 2022 21H2 (NT 10.0)', model: 'Intel x64' }],
      ['Server', { os: 'windows', version: '10 (NT 10.0)', model: 'ProLiant DL360 Gen10' }],
      ['Desktop', { os: 'windows', version: '7 SP1 (NT 6.1)', model: 'Generic x86' }],
      ['Desktop', { os: 'windows', version: 'XP (NT 5.1)' }],
      ['Server', { os: 'windows', sysObjectId: '.1.3.6.1.4.1.311.1.1.3.1.3' }],
      ['Desktop', { os: 'windows', sysDescr: `${hardware} (Build 19044 Multiprocessor Free)` }],
      ['Unknown', { os: 'windows', sysDescr: `${hardware} (Build 17763 Multiprocessor Free)` }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('tells laptops and desktops by product name under any system', ({ assert }) => {
    const { actual, expected } = compare([
      ['Laptop', { os: 'windows', version: '11', model: 'HP EliteBook 840 G9 Notebook PC' }],
      ['Laptop', { os: 'windows', version: '10', model: 'ThinkPad X1 Carbon Gen 9' }],
      ['Laptop', { os: 'windows', model: 'HP Pavilion Laptop 15-eh1xxx' }],
      ['Laptop', { os: 'linux', model: 'Dell XPS 13 9310' }],
      ['Laptop', { os: 'linux', model: 'Precision 7560' }],
      ['Laptop', { os: 'macosx', model: 'Mac14,7' }],
      ['Laptop', { model: 'IdeaPad 5 14ALC05' }],
      ['Desktop', { os: 'windows', model: 'HP EliteDesk 800 G6 Small Form Factor PC' }],
      ['Desktop', { os: 'windows', version: '11', model: 'ThinkCentre M70q' }],
      ['Desktop', { os: 'linux', model: 'HP Z4 G4 Workstation' }],
      ['Desktop', { os: 'linux', model: 'Precision 5820 Tower' }],
      ['Desktop', { os: 'macosx', model: 'iMac21,1' }],
      ['Desktop', { os: 'macosx', model: 'Mac13,1' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('takes Linux for a server, but not a small board', ({ assert }) => {
    const { actual, expected } = compare([
      ['Server', { os: 'linux', model: 'Generic x86 64-bit', sysDescr: 'Linux db1 6.1.0' }],
      ['Server', { os: 'Linux', sysDescr: 'Linux core-switch-01 5.15.0-91-generic x86_64' }],
      ['Unknown', { os: 'linux', model: 'Raspberry Pi 4 Model B Rev 1.2' }],
      ['Unknown', { os: 'linux', sysDescr: 'Linux gauge7 5.4.83-v7+ armv7l' }],
      ['Storage', { os: 'dsm', model: 'DS920+' }],
      ['Server', { os: 'drac', model: 'iDRAC9', sourceType: 'management' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('tells televisions by their systems and by model', ({ assert }) => {
    const { actual, expected } = compare([
      ['Smart TV', { os: 'webos', model: 'OLED55C3PUA' }],
      ['Smart TV', { os: 'Android TV', model: 'KD-55X80K' }],
      ['Smart TV', { os: 'android_tv' }],
      ['Smart TV', { model: 'UE50AU7100' }],
      ['Smart TV', { os: 'android', sysDescr: 'Professional Display' }],
      ['Smart TV', { os: 'tizen', model: 'QB65R' }],
      ['Smart TV', { sysDescr: 'Hisense 55A6 Smart TV' }],
      ['Unknown', { os: 'android', model: 'SM-T510' }],
    ])

    assert.deepEqual(actual, expected)
  })
})

test.group('classify | what is left', () => {
  test('reads words where the system is not known', ({ assert }) => {
    const { actual, expected } = compare([
      ['Printer', { vendor: 'hp', sysDescr: 'HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT,JD149' }],
      ['Switch', { sysDescr: 'Acme 24-port managed Ethernet switch' }],
      ['Switch', { sysDescr: 'Ethernet Routing Switch 4850' }],
      ['Unknown', { sysDescr: 'Acme router/switch 3000' }],
      ['Load Balancer', { sysDescr: 'Acme Application Switch' }],
      ['Console', { sysDescr: 'Acme 8-port KVM switch' }],
      ['WAP', { sysDescr: 'Dual band outdoor access point' }],
      ['Wireless Controller', { sysDescr: 'Acme wireless LAN controller' }],
      ['Unknown', { sysDescr: 'Acme gateway controller' }],
      ['Camera', { sysDescr: 'IP Camera 4MP' }],
      ['NVR', { sysDescr: 'Network Video Recorder for 16 cameras' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('believes the category of the source only where it decides', ({ assert }) => {
    const { actual, expected } = compare([
      ['Storage', { sourceType: 'storage' }],
      ['Timing', { os: 'some-clock-os', sourceType: 'timing' }],
      ['Unknown', { os: 'some-os', sourceType: 'network' }],
      ['Unknown', { sourceType: 'power' }],
      ['Unknown', { os: 'ping', sourceType: 'server' }],
      ['Unknown', { os: 'fortimail', sourceType: 'firewall' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('understands driver classes, vendors and layers in place of a category', ({ assert }) => {
    const aruba = 'SNMP::Info::Layer2::Aruba'
    const { actual, expected } = compare([
      ['Wireless Controller', { vendor: 'arubanetworks', model: '7205', sourceType: aruba }],
      ['Wireless Controller', { os: 'cisco', sourceType: 'SNMP::Info::Layer2::Airespace' }],
      ['UPS', { os: 'AOS', model: 'Smart-UPS 750', sourceType: 'SNMP::Info::Layer7::APC' }],
      ['Switch', { os: 'AOS', vendor: 'alcatel-lucent', model: 'OS6860E-P48' }],
      ['Firewall', { os: 'PAN-OS', vendor: 'palo alto networks', model: 'PA-440' }],
      ['Switch', { os: 'nx-os', model: 'N9K-C9336C-FX2' }],
      ['Camera', { vendor: 'axis', model: 'AXIS M3106-L Mk II', layers: '01001000' }],
      ['Switch', { vendor: 'acme', layers: '00000010' }],
      ['Router', { vendor: 'acme', layers: '00000100' }],
      ['Unknown', { vendor: 'acme', layers: '00000110' }],
      ['Unknown', { vendor: 'acme', layers: '01001000' }],
    ])

    assert.deepEqual(actual, expected)
  })

  test('says Unknown when nothing is known', ({ assert }) => {
    assert.equal(classify({}), 'Unknown')
    assert.equal(classify({ os: '', model: null, sysDescr: ' ', layers: '00000000' }), 'Unknown')
    assert.equal(classify({ os: 'constructor', vendor: '__proto__' }), 'Unknown')
  })

  test('names only seeded types, each once', ({ assert }) => {
    const names = ASSET_TYPES.map((type) => type.name)

    assert.lengthOf(names, 26)
    assert.equal(new Set(names).size, names.length)
  })

  test('takes no longer for hostile text', ({ assert }) => {
    const started = performance.now()
    for (const piece of ['a', ' ', '-', 'switch ', 'cat', '1', 'C9', 'axis ', 'rog ', '\n']) {
      const text = piece.repeat(200_000 / piece.length)
      for (const os of ['ios', 'apc', 'linux', 'axiscam', 'ros', '']) {
        classify({ os, model: text, sysDescr: text, vendor: text, version: text, layers: text })
      }
    }

    assert.isBelow(performance.now() - started, 2000)
  })
})

test.group('toEvidence', () => {
  test('prefers a hint to the claim made for people', ({ assert }) => {
    const evidence = toEvidence(
      [
        { kind: 'model', value: 'C9300-48P' },
        { kind: 'os', value: 'iosxe' },
        { kind: 'source_type', value: 'network' },
      ],
      { model: 'Catalyst 9300', vendor: 'Cisco', firmwareVersion: '17.9' }
    )

    assert.deepInclude(evidence, { model: 'C9300-48P', vendor: 'Cisco', version: '17.9' })
    assert.equal(classify(evidence), 'Switch')
  })

  test('makes do with claims alone', ({ assert }) => {
    assert.equal(classify(toEvidence(undefined, { model: 'ThinkPad T14', vendor: null })), 'Laptop')
  })

  test('tells an access point of Aruba from a radio link of Ubiquiti, though both call their system AirOS', ({
    assert,
  }) => {
    assert.equal(
      classify({ os: 'airos', vendor: 'aruba', model: 'ap515', sourceType: 'SNMP::Info::Layer2::Aruba' }),
      'WAP'
    )
    assert.equal(classify({ os: 'airos', vendor: 'ubiquiti', model: 'NanoBeam 5AC' }), 'Wireless Bridge')
  })
})

import { test } from '@japa/runner'
import { parseSerialNumber, toSerialKey } from '#core/assets/serial_number'

test.group('Serial number', () => {
  test('shows {given} as {shown}')
    .with([
      { given: ' foc2140x0qk ', shown: 'FOC2140X0QK' },
      { given: '1874830543.', shown: '1874830543' },
      { given: 'S/N CAAG0822', shown: 'CAAG0822' },
      { given: 'Serial Number: XK-77 12', shown: 'XK-77 12' },
      { given: 'SN710A2K77Q', shown: 'SN710A2K77Q' },
      { given: 'accc8ec0ffee', shown: 'ACCC8EC0FFEE' },
      { given: 'ac:cc:8e:c0:ff:ee', shown: 'ACCC8EC0FFEE' },
      { given: 'b8:a4:4f:2:fe:1', shown: 'B8A44F02FE01' },
      { given: 'System MAC: fc-ec-da-bf-69-55', shown: 'FCECDABF6955' },
      { given: 4005998220100101, shown: '4005998220100101' },
      { given: 'K50-3D136-005-72A', shown: 'K50-3D136-005-72A' },
      { given: 'ABC00001', shown: 'ABC00001' },
    ])
    .run(({ assert }, { given, shown }) => {
      assert.equal(parseSerialNumber(given), shown)
    })

  test('is one whatever its case, spaces and dots', ({ assert }) => {
    const forms = ['FOC 2140.X0QK', 'foc2140x0qk', ' FOC2140X0QK. ', 'Foc 2140 x0qk']

    const keys = new Set(forms.map((form) => toSerialKey(parseSerialNumber(form) ?? 'none')))

    assert.deepEqual([...keys], ['FOC2140X0QK'])
  })

  test('takes {0} for a placeholder')
    .with([
      ...['<private>', '000000000000', '00000000', '0000', '000000', 'XXXXXXXXXXXX', 'XXXXXX', 'CZXXXXXXXX'],
      ...['#########', 'FFFFFFFFFFFF', '999999999999', 'Unknown', 'unavailable', 'SERIALNO', '1', '1234567'],
      ...['<FRAME SERIAL NUMBER>', '12345678', '123456789', '1234567890', '0123456789', '1234ABC', 'AB123456CD'],
      ...['N/A', 'NA', 'M', '--', 'n/a', '0', '', '   ', 'none', 'Default string', 'To be filled by O.E.M.'],
      ...['System Serial Number', 'Not Specified', 'System:315646 Product:246152313', 'b8:a4:4f:0:0:0'],
      ...['TDCM : 44 32 11 - EDFA : 45 32 11', 'PSZ00000000', 'TBBFDxxxxxxx', 'SG39LXXXXX', 'M9123456'],
      ...['999999Z9999999', '9876543210', 'upsserialnum', '00:00:00:00:00:00', 'x'.repeat(65), 'A1'.repeat(40)],
    ])
    .run(({ assert }, text) => {
      assert.isNull(parseSerialNumber(text))
    })

  test('survives every type', ({ assert }) => {
    for (const input of [null, undefined, {}, [], ['FOC2140X0QK'], true, Number.NaN, 123]) {
      assert.isNull(parseSerialNumber(input))
    }
  })

  test("is not the device's own model or name", ({ assert }) => {
    assert.isNull(parseSerialNumber('WS-C2960X', { model: 'ws-c2960x' }))
    assert.isNull(parseSerialNumber('CORE-SW-7', { hostname: 'core-sw-7.lab.example' }))
    assert.equal(parseSerialNumber('FOC2140X0QK', { model: 'WS-C2960X', hostname: null }), 'FOC2140X0QK')
  })
})

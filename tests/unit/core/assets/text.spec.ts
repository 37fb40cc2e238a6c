import { test } from '@japa/runner'
import { parseText } from '#core/assets/text'

test.group('Text', () => {
  test('keeps one clean line of {given}')
    .with([
      { given: '  Rack\t1\r\n left  ', clean: 'Rack 1 left' },
      { given: 'a\u0000b\u0007c', clean: 'abc' },
      { given: '\u001b[31mred\u001b[0m', clean: 'red' },
      { given: 'half \ud83d pair', clean: 'half pair' },
      { given: 'evil\u202egnp.exe', clean: 'evilgnp.exe' },
      { given: '\ufeffname', clean: 'name' },
      { given: 'Cafe\u0301', clean: 'Café' },
      { given: 'lab 🧪 👩‍🔬', clean: 'lab 🧪 👩‍🔬' },
      { given: "<script>alert('x')</script>", clean: "<script>alert('x')</script>" },
      { given: 123, clean: '123' },
      { given: 10n, clean: '10' },
    ])
    .run(({ assert }, { given, clean }) => {
      assert.equal(parseText(given), clean)
    })

  test('finds nothing in what is not text', ({ assert }) => {
    for (const input of [null, undefined, '', ' \n ', '\u0000', {}, [], true, Number.NaN, Infinity, Symbol('x')]) {
      assert.isNull(parseText(input))
    }
  })

  test('cuts long text, never inside a character', ({ assert }) => {
    assert.equal(parseText('x'.repeat(1_000_000), 253)?.length, 253)
    assert.equal(parseText(`${'x'.repeat(9)}🧪`, 10), 'x'.repeat(9))
  })
})

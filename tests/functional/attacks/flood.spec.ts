import testUtils from '@adonisjs/core/services/test_utils'
import { test } from '@japa/runner'
import { parseHostname } from '#core/assets/hostname'
import { parseIpAddress } from '#core/assets/ip_address'
import { parseMacAddress } from '#core/assets/mac_address'
import { parseText } from '#core/assets/text'
import { asUser } from '#tests/helpers/as_user'
import { insertAssets } from '#tests/helpers/asset_factory'
import { addNames } from '#tests/helpers/lists'
import { impatientListener } from '#tests/helpers/own_listener'
import { RawConnection } from '#tests/helpers/raw_connection'
import { createItemValidator, listItemsValidator } from '#validators/item'
import { pinValidator } from '#validators/pin'
import { createTokenValidator } from '#validators/session'
import { createUserValidator } from '#validators/user'

const SLOW_CONNECTIONS = 300

/** Generous beside the 5 ms that are wanted: a regular expression that backtracks needs minutes. */
const MOST_MS = 500

const WORST = [
  'a'.repeat(100_000),
  `${'a.'.repeat(50_000)}!`,
  `${' '.repeat(99_999)}x`,
  `${'0:'.repeat(50_000)}z`,
].concat(
  `${'a@'.repeat(50_000)}`,
  `${'-'.repeat(100_000)}`,
  `${'1.'.repeat(50_000)}`,
  `${'２'.repeat(33_000)}`,
  `${'\t \u00a0'.repeat(25_000)}x`
)

test.group('S16: Somebody who takes all the time there is', (group) => {
  group.each.setup(() => testUtils.db().withGlobalTransaction())
  group.each.setup(() => addNames())

  test('S16: keeps no other from being served, and is told 408 in the end', async ({ assert, cleanup }) => {
    const port = await impatientListener(cleanup)
    const slow = Array.from({ length: SLOW_CONNECTIONS }, () => new RawConnection(port))
    cleanup(() => slow.forEach((connection) => connection.close()))
    for (const connection of slow) {
      connection.write('POST /api/login HTTP/1.1\r\nHost: laim\r\nX-Slow: ')
    }

    const health = await fetch(`http://127.0.0.1:${port}/health/live`)

    assert.equal(health.status, 200)
    for (const connection of slow) {
      assert.match(await connection.answer(), /^HTTP\/1\.1 408 [^]*E_REQUEST_TIMEOUT/)
    }
  })

  test('S16: cannot keep the server busy with a search, however many ask', async ({ assert, client }) => {
    const { token } = await asUser('viewer')
    await insertAssets(Array.from({ length: 500 }, (_, index) => ({ hostname: `${'ab'.repeat(60)}-${index}` })))
    const worst = ['%'.repeat(500), 'ab '.repeat(166), `${'a'.repeat(499)}z`, '_ '.repeat(250), 'b']

    const searches = Array.from({ length: 200 }, (_, index) =>
      client.get(`/api/items?search=${encodeURIComponent(worst[index % worst.length]!)}&limit=1`).bearerToken(token)
    )
    const health = client.get('/health/live')

    const answers = await Promise.all([health, ...searches])
    assert.isTrue(answers.every((answer) => answer.status() === 200))
  })

  test('S16: finds no pattern in a validator that takes long for a long text', async ({ assert }) => {
    const parsers: [string, (text: string) => unknown][] = [
      ['MAC', parseMacAddress],
      ['IP', parseIpAddress],
      ['hostname', parseHostname],
      ['text', (text) => parseText(text, 200)],
      ['item', (text) => createItemValidator.tryValidate(Object.fromEntries(FIELDS.map((field) => [field, text])))],
      ['list', (text) => listItemsValidator.tryValidate({ search: text, sort: text, cursor: text, item_type: text })],
      ['user', (text) => createUserValidator.tryValidate({ username: text, email: text, password: text, role: text })],
      ['token', (text) => createTokenValidator.tryValidate({ name: text, expires_at: text })],
      ['pin', (text) => pinValidator.tryValidate({ value: text, until: text, reason: text })],
    ]
    for (const [name, parse] of parsers) {
      for (const text of WORST) {
        const start = process.cpuUsage()
        await parse(text)
        const { user, system } = process.cpuUsage(start)
        assert.isBelow((user + system) / 1000, MOST_MS, `${name} ${JSON.stringify(text.slice(0, 20))}`)
      }
    }
  })
})

const FIELDS = [
  'hostname',
  'item_type',
  'serial_number',
  'mac_address',
  'asset_tag',
  'room_location',
  'notes',
  'ip_address',
  'vendor',
]

import { test } from '@japa/runner'
import { toTypeIcon } from '#transformers/console/asset_type_icon'
import { toAttributes, toMarkedText } from '#transformers/console/markup'
import { highlighterFor } from '#transformers/console/matched_parts'
import { toDuration, toExactTime, toRelativeTime } from '#transformers/console/moment'
import { learnSourceLabel, toSourceInitials, toSourceLabel } from '#transformers/console/source_name'
import { toWebAddress } from '#transformers/console/web_address'

const NOW = new Date('2026-11-22T06:00:00.000Z')

test.group('Words of the console', () => {
  test('tell times as people do, and exactly', ({ assert }) => {
    const told = ['2026-11-22T05:59:30Z', '2026-11-22T03:00:00Z', '2026-11-21T05:00:00Z', '2026-11-22T08:00:00Z']

    assert.deepEqual(
      told.map((at) => toRelativeTime(at, NOW)),
      ['just now', '3 hours ago', 'yesterday', 'in 2 hours']
    )
    assert.equal(toExactTime('2026-11-22T05:59:30.123Z'), '2026-11-22 05:59:30 UTC')
    assert.equal(toDuration('2026-11-22T06:00:00Z', '2026-11-22T06:03:05Z'), '3 min 5 s')
  })

  test('counts no 60 minutes, no 24 hours and no 12 months', ({ assert }) => {
    const now = new Date('2026-11-23T12:00:00Z')
    const ago = (seconds: number) => toRelativeTime(new Date(now.getTime() - seconds * 1000).toISOString(), now)

    assert.deepEqual([59.2 * 60, 59.7 * 60, 23.8 * 3600, 29.6 * 86_400, 350 * 86_400].map(ago), [
      '59 minutes ago',
      '1 hour ago',
      'yesterday',
      'last month',
      'last year',
    ])
  })

  test('mark what a search matched, in whatever capitals and notation', ({ assert }) => {
    const marked = (search: string, text: string) => toMarkedText(text, highlighterFor(search)(text)).value

    assert.equal(marked('SW 14', 'lab-sw-014'), 'lab-<mark>sw</mark>-0<mark>14</mark>')
    assert.equal(marked('1b.213c.4d5e', '00:1B:21:3C:4D:5E'), '00:<mark>1B:21:3C:4D:5E</mark>')
    assert.equal(marked('b213', '00:1B:21:3C:4D:5E'), '00:1<mark>B:21:3</mark>C:4D:5E')
    assert.equal(marked('<b>', 'a<b>c'), 'a<mark>&lt;b&gt;</mark>c')
    assert.equal(marked('none', 'a & b'), 'a &amp; b')
  })

  test('escape attributes', ({ assert }) => {
    const attributes = toAttributes({
      value: '"><script>',
      hidden: true,
      title: null,
      class: ['a', { b: true, c: false }],
    })

    assert.equal(attributes.value, 'value="&quot;&gt;&lt;script&gt;" hidden class="a b"')
  })

  test('call a source as its plugin does, and mark it with two letters', ({ assert }) => {
    learnSourceLabel('first-nms', 'FirstNMS')
    learnSourceLabel('second', 'Second')

    assert.deepEqual(['first-nms', 'second', 'third'].map(toSourceLabel), ['FirstNMS', 'Second', 'third'])
    assert.deepEqual(['first-nms', 'second'].map(toSourceInitials), ['FN', 'Se'])
  })

  test('lead only to web pages', ({ assert }) => {
    assert.equal(toWebAddress('https://nms.example.org/device/1'), 'https://nms.example.org/device/1')
    assert.isNull(toWebAddress('javascript:alert(1)'))
    assert.isNull(toWebAddress('not an address'))
  })

  test('have an icon for every type, also for those that people added', ({ assert }) => {
    assert.equal(toTypeIcon('Smart TV'), 'type-smart-tv')
    assert.equal(toTypeIcon('Oscilloscope'), 'type-unknown')
  })
})

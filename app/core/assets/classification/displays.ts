import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

const TV_WORDS = oneOf`
  (?:smart|android|google|roku|fire|apple) ?tv(?:\b|\d) | chromecast | digital signage | bravia\b
  (?:professional|commercial) display | viera\b | aquos\b | smartcast | vidaa | vizio`

/** How Samsung, LG, Philips and Sony number their panels: maker's prefix or inches first. */
const TV_MODEL =
  /^(?:(?:UN|UE|QN|QE|GQ|QM|QB|LH|OLED|FWD?-?|KDL?-?|XB?R-?)\d{2}|\d{2}(?:U[LMHST]|NANO|QNED|BDL|PUS|HFL)\w*\d)/

/** Systems of televisions. */
const TV_SYSTEMS = 'tizen webos roku rokutv androidtv googletv vidaa smartcast tvos firetv netcast titanos vizio'

/** Televisions and signage. Their systems run on telephones and refrigerators too. */
export const DISPLAYS: readonly Rule[] = [
  { os: 'tizen webos', text: /refrigerator|\bwatch\b|fridge|washer/i, type: 'Unknown' },
  { os: TV_SYSTEMS, type: 'Smart TV' },
  { os: 'android linux', text: TV_WORDS, type: 'Smart TV' },
  { os: 'android', model: TV_MODEL, type: 'Smart TV' },
  {
    os: 'android',
    text: /\btv\b|\bdisplay|\bsignage|\bviewsonic|\bsmart ?board/i,
    type: 'Smart TV',
  },
  { os: 'android', type: 'Unknown' },
]

/** Televisions where the system is not known. */
export const BARE_DISPLAYS: readonly Rule[] = [
  { text: TV_WORDS, type: 'Smart TV' },
  { model: TV_MODEL, type: 'Smart TV' },
]

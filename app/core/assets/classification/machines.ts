import { oneOf } from './one_of.js'

/** Product names of computers. A laptop's full name can hold a desktop's word, so laptops are asked first. */

export const SERVER_MODEL = oneOf`
  proliant | poweredge | thinksystem | thinkserver | system x\d | primergy | primequest | apollo \d
  ucs[bcsx]?- | ucsc | synergy \d | superserver | sys-\d{4} | ssg-\d | xserve\b | sparc | nutanix
  sun (?:fire|server) | integrity (?:rx|bl|sd|nonstop|superdome) | fusionserver | power s\d{3}
  compute module | dl\d{3}\b | ml\d{3}\b | rh\d{4} | microserver | s26\d\d\w{2}\b
  x\d{1,2}(?:ss|dp|sc|sd|dr|qb)\w`

export const VIRTUAL_MODEL = oneOf`
  vmware | virtual (?:machine|platform) | kvm\b | qemu | bochs | standard pc\b | hvm domu | xen\b
  openstack | virtualbox | amazon ec2 | google compute | hyper-v`

export const LAPTOP_MODEL = oneOf`
  laptop\b | notebook\b | ultrabook\b | chrome ?book
  latitude | xps (?:1[3-7]|9\d{3}|l\d) | alienware (?:m|x)\d
  inspiron (?:1[1-7]|3[45]\d\d|[57][2-7]\d\d) | vostro (?:1[3-7]|3[45]\d\d|5[34568]\d\d|7\d{3})
  precision (?:m\d|mobile|1[46]\b|34[789]\d|35\d\d|5[4567]\d\d|7[567]\d\d|workstation m)
  elite ?book | pro ?book | zbook | spectre | envy (?:x360|1[3-7]|laptop|dv|m\d) | 1[45]s?-[a-z]{2}\d
  pavilion (?!(?:desktop|all-in-one|gaming desktop|slimline|wave|elite|tp\d|hpe?|p\d|a\d))
  hp (?:2[45]\d|4[35]\d) g\d | omen (?:1[5-7]|by hp laptop|transcend)
  think ?pad | thinkbook | ideapad | yoga\b(?! aio) | legion (?:[579]|slim|pro|y[57])(?!.{0,12}tower)
  mac ?book | surface (?:laptop|book|pro|go) | galaxy book | lg gram | gram 1[4-7]
  zen ?book | vivo ?book | expertbook | proart studiobook | tuf (?:gaming )?[af]1
  rog (?:zephyrus|flow|strix (?:g1[5-8]|scar|g[567]))
  travelmate | extensa | swift \d | (?:aspire|swift|spin) (?:[1357]\b|go|a\d{3}|sf\d|v\d) | aspire e\d
  predator (?:helios|triton) | nitro (?:5|v|an\d)
  toughbook | portege | tecra | satellite | dynabook | lifebook | framework (?:laptop|1[36])
  razer blade | blade 1[4-8] | matebook | magicbook | vaio | lemur pro | darter | oryx
  msi (?:modern|prestige|stealth|raider|katana)`

/** Names that no other kind of thing bears. */
export const DESKTOP_MODEL = oneOf`
  optiplex | precision (?:\d{4}|t\d{4}|tower|workstation) | xps (?:8\d{3}|one|tower) | dimension \d{4}
  elite ?(?:desk|one) | pro ?(?:desk|one) | compaq (?:\d{4}|dc|pro|elite) | hp z\d
  z[1-8](?:\d0)? (?:g\d|workstation|tower|sff|mini) | (?:elite|pro) (?:mini|tower|sff|slim)
  think ?(?:centre|center|station) | ideacentre | mac ?(?:mini|pro|studio) | imac | surface studio
  nuc\d | nuc\b | esprimo | celsius | veriton | deskmini | deskmeet | thelio | minisforum | beelink | predator orion | expertcenter`

/** Words and family names that say "desktop" once it is known to be a computer. */
export const DESKTOP_WORDS = oneOf`
  desktop\b | workstation\b | tower\b | mini ?pc\b | all-in-one\b | aio\b | thin client | zero client
  vostro | inspiron | pavilion | envy | omen | aurora | legion | aspire | wyse | brix | precision
  proart station | compute stick`

/** Apple's identifiers since 2022 (`Mac14,2`) name the family no more: these are portable. */
export const PORTABLE_MAC = oneOf`
  mac14,(?:2|5|6|7|9|10|15)\b | mac15,(?:3|6|7|8|9|10|11|12|13)\b | mac16,(?:1|5|6|7|8|12|13)\b
  mac17,2\b`

export const STATIONARY_MAC = oneOf`
  mac13,[12]\b | mac14,(?:3|8|12|13|14)\b | mac15,(?:4|5|14)\b | mac16,(?:2|3|9|10|11)\b`

/** Boards that are as often a sensor, a clock or a kiosk as a server. */
export const SMALL_BOARD = oneOf`
  raspberry | beagle | odroid | jetson | rock ?pi | orange ?pi | banana ?pi | arm(?:v\d\w*)?\b
  aarch64\b | arm64\b | mips\w*\b | ppc\b | powerpc\b`

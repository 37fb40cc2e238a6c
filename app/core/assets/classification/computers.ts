import {
  DESKTOP_MODEL,
  DESKTOP_WORDS,
  LAPTOP_MODEL,
  PORTABLE_MAC,
  SERVER_MODEL,
  SMALL_BOARD,
  STATIONARY_MAC,
  VIRTUAL_MODEL,
} from './machines.js'
import { type Rule } from './rule.js'

const HOSTS = 'windows linux macosx'
const UNIX = 'linux freebsd openbsd netbsd dragonfly solaris opensolaris openindiana coreos'

/** Laptops, desktops and servers share their systems, so the machine decides, then the edition. */
export const COMPUTERS: readonly Rule[] = [
  { os: HOSTS, model: /\bdisk ?station|\brackstation|\bsynology|\bqnap/i, type: 'Storage' },
  { os: HOSTS, model: SERVER_MODEL, type: 'Server' },
  { os: HOSTS, model: LAPTOP_MODEL, type: 'Laptop' },
  { os: HOSTS, text: PORTABLE_MAC, type: 'Laptop' },
  { os: HOSTS, model: DESKTOP_MODEL, type: 'Desktop' },
  { os: HOSTS, text: STATIONARY_MAC, type: 'Desktop' },
  { os: HOSTS, model: DESKTOP_WORDS, type: 'Desktop' },

  // Windows: the version names the edition, the object id of its agent workstation or server. A build tells only
  // where clients and servers do not share it (17763 is Server 2019 and Windows 10 1809).
  { os: 'windows', version: /server|datacenter|hyper-v|azure stack/i, type: 'Server' },
  {
    os: 'windows',
    version: /workstation|professional|home|enterprise|\bxp\b|vista/i,
    type: 'Desktop',
  },
  { os: 'windows', version: /^(?:windows )?(?:7|8|8\.1|10|11|95|98|me)\b(?!\.)/i, type: 'Desktop' },
  { os: 'windows', objectId: /^311\.1\.1\.3\.1\.[23]$/, type: 'Server' },
  { os: 'windows', objectId: /^311\.1\.1\.3\.1\.[14]$/, type: 'Desktop' },
  { os: 'windows', text: /windows (?:nt )?server|server 20\d\d/i, type: 'Server' },
  { os: 'windows', text: /windows (?:7|8|10|11|xp|vista)\b/i, type: 'Desktop' },
  { os: 'windows', description: /\bbuild (?:number: )?(?:20348|25398)\b/i, type: 'Server' },
  {
    os: 'windows',
    description: /\bbuild (?:number: )?(?:2600|1(?:0240|0586|5063|6299|7134|836[23]|904[1-5]))\b/i,
    type: 'Desktop',
  },
  { os: 'windows', description: /\bbuild (?:number: )?22(?:000|621|631)\b/i, type: 'Desktop' },
  { os: 'windows', model: VIRTUAL_MODEL, type: 'Server' },
  { os: 'windows', type: 'Unknown' },

  { os: 'macosx', version: /server/i, type: 'Server' },
  { os: 'macosx', type: 'Unknown' },

  { os: 'linux', text: /proxmox|\bpve\b|\bvmware|\besxi|\bxenserver/i, type: 'Server' },
  { os: UNIX, text: SMALL_BOARD, type: 'Unknown' },
  { os: UNIX, type: 'Server' },
]

/** Machines by model where nothing is known of the system. */
export const BARE_MACHINES: readonly Rule[] = [
  { model: SERVER_MODEL, type: 'Server' },
  { model: LAPTOP_MODEL, type: 'Laptop' },
  { text: PORTABLE_MAC, type: 'Laptop' },
  { model: DESKTOP_MODEL, type: 'Desktop' },
  { text: STATIONARY_MAC, type: 'Desktop' },
]

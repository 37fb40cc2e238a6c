import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/**
 * Cisco: one operating system runs on switches, routers, access points and controllers, so the model decides, and the
 * description where the model is only "Chassis" or a line card.
 */
export const CISCO: readonly Rule[] = [
  // An access point of the 9100 family can carry the controller's software (EWC) and stays one.
  { os: 'ios iosxe', model: /\bC91\d\d(?:AX|D|W|I|E)|\bCW91\d\d|\bIW\d{4}/i, type: 'WAP' },
  { os: 'ios iosxe', text: /\bAIR-BR|\bBR13\d0/i, type: 'Wireless Bridge' },
  {
    os: 'ios iosxe',
    text: oneOf`
      AIR-(?:CT|WLC) | C9800 | C?CT57\d0 | WLC\b | wireless (?:lan )?controller`,
    type: 'Wireless Controller',
  },
  { os: 'ios iosxe', text: /\b(?:cisco)?AIR-|K9W[78]|\baironet|\bC91\d\dAX/i, type: 'WAP' },
  { os: 'ios iosxe', text: /\bubr\d|\bcbr-?8|cable modem/i, type: 'Access' },
  { os: 'ios iosxe', text: /\b(?:cisco)?VG\d{3}(?:XM)?\b|\bATA ?\d{3}/i, type: 'Phone' },
  { os: 'ios iosxe', model: /\bONS|\b15454/i, type: 'Optical' },
  { os: 'ios iosxe', model: /\bPIX|\bASA\d/i, type: 'Firewall' },

  // By model, switches before routers: C1000 is a Catalyst, C1100 an ISR.
  {
    os: 'ios iosxe',
    model: oneOf`
      WS-[CXS] | cat(?:alyst)?-?\d | cat\w*stack | catalyst | c[239]\dxx | C9[2-6]\d\d
      C(?:1[023]00-\d|235\d|29[467]\d|29(?:18|28|50|55)|35[56]0|3650|375\d|3850|4[59]\d\d|6[58]\d\d)
      (?:cisco)?(?:IE|ME|ESS|CGS|CBS)-?\d | ME-C\d | ESW | SM-(?:X-)?ES | MDS | N\dK`,
    type: 'Switch',
  },
  {
    os: 'ios iosxe',
    model: oneOf`
      (?:cisco)?(?:ISR|ASR|CSR|CGR|RSP|NCS|OSR|GSR|IAD|MWR|ESR|MC3810|IR-?[18]\d{2,3})
      (?:cisco)?C(?:8\d{2,3}|9[0-3]\d(?!\d)|1[12]\d\d|1[01]xx|[123][89]\d\d|7[26]\d\d)
      cisco-?(?:[5-9]\d\d|1\d{3}|2[5-9]\d\d|3[26789]\d\d|7[0256]\w\w|1\d{4})\w*
      ^(?:[89]\d\d|1[6-9]\d\d|2[6-9]\d\d|3[6-9]\d\d|7[256]\d\d)\w?(?:/K9|-SEC\w*|\b)`,
    type: 'Router',
  },

  // The model says nothing ("Chassis"): what the software was built for.
  {
    os: 'ios iosxe',
    description: oneOf`
      L3 switch | cat[349]\w*[-_ ] | catalyst | s(?:72033|2t54|3223|6t64) | c6(?:sup|msfc)
      C(?:1[023]00|235\d|2900XL|29[467]\d|29(?:18|28|50|55))
      C(?:35\d\d|3650|375\d|38[5]0|4[59]\d\d|6[58]\d\d|9[2-6]\d\d)
      (?:IE|CGS|CBS|ESS|ESW|ME)-?\d | IES- | IGESM`,
    type: 'Switch',
  },
  {
    os: 'ios iosxe',
    description: oneOf`
      (?:ISR|ASR\d*|CSR|IR\d+|C?GSR|NCS\w*|virtual xe|c8000\w*|c7600\w*)\b
      (?:vios|x86_64_linux_iosd|i86bi_linux)-
      C(?:[89]\d\d|1[016789]\d\d|26\d\d|28\d\d|2900|2951|36\d\d|37[0-4]\d|38[0-4]\d|39\d\d|7\d\d\d|10000)
      (?:[89]00|1[789]00|2[568]00|[23]800NM|3[678]00|7[023]00|10000|12000)\w* Software`,
    type: 'Router',
  },

  { os: 'nxos', text: /\bUCS-?FI|fabric interconnect/i, type: 'Switch' },
  { os: 'iosxr', text: /\bNCS-?(?:10\d\d|4009|4016|2\d{3})\b/i, type: 'Optical' },

  { os: 'ciscosb', text: /\bWAP\d|access point/i, type: 'WAP' },
  { os: 'ciscosb', text: /\bRV\d|\bSRP\d|router/i, type: 'Router' },
  { os: 'ciscosb', text: /\bSPA\d|\bATA\d/i, type: 'Phone' },
  { os: 'ciscosb', text: /\bNSS\d/i, type: 'Storage' },
  { os: 'ciscosb', text: /\bISA\d|\bSA5\d\d/i, type: 'Firewall' },
  { os: 'ciscosb', type: 'Switch' },

  { os: 'ciscowlc', model: /\bCBW\d|\bAIR-A?P|\bAP\d/i, type: 'WAP' },
  { os: 'ciscowap', text: /mesh point|\bIW\d|\bfluidmesh/i, type: 'Unknown' },
  { os: 'fxos', text: /fabric interconnect|\bUCS\b/i, type: 'Switch' },

  // Meraki calls its lines by two letters; Catalyst models can be managed by it.
  { os: 'meraki merakimr merakims merakimx', text: /\bMR\d|\bCW91\d|\bC91\d\d/i, type: 'WAP' },
  { os: 'meraki merakimr merakims merakimx', text: /\bMS\d|\bC9[2-6]\d\d/i, type: 'Switch' },
  { os: 'meraki merakimr merakims merakimx', text: /\b(?:v?MX\d|Z\d|MX\b)/i, type: 'Firewall' },
  { os: 'meraki', text: /\bMV\d/i, type: 'Camera' },
  { os: 'meraki', text: /\bMG\d/i, type: 'Router' },
  { os: 'meraki', text: /\bMT\d/i, type: 'Environment' },
]

import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/** Makers of radio equipment whose systems also run on switches and routers, and controllers beside access points. */
export const WIRELESS: readonly Rule[] = [
  // MikroTik: boards are named RB… whatever they are built into; radios with a modem for LTE are routers.
  {
    os: 'routeros swos',
    text: /\bC[RS]S\d|\bRB260|\bnetpower|\bnetfiber|\bcss\b/i,
    type: 'Switch',
  },
  { os: 'swos', type: 'Switch' },
  { os: 'routeros', model: /\bLTE|R11e-LTE|LHGR|SXTR|wAPR|LtAP|\bChateau|FG621/i, type: 'Router' },
  {
    os: 'routeros',
    text: oneOf`
      60ad | 60G\b | RB(?:LHG|SXT|DynaDish|QRT|Disc|Sextant|Groove|Metal|Cube|nRAY|OmniTik|SEXTANT) | LHG
      SXT | dynadish | wireless wire | nRAY | cubeG | Cube\b | Cube[-\dG] | QRT | DISC ?lite
      BaseBox | netmetal | NetBox | omnitik | mANTBox | Sextant`,
    type: 'Wireless Bridge',
  },
  { os: 'routeros', text: /\b(?:RB)?[cw]AP|\b(?:RB)?mAP/i, type: 'WAP' },
  { os: 'routeros', text: /\bRB|\bCCR|\bhEX|\bhAP|\bL009|\bCHR|\bx86|\brouteros/i, type: 'Router' },
  { os: 'routeros', model: /./, type: 'Router' },

  // Ubiquiti
  { os: 'unifi unifi-usp edgeswitch edgeos', text: /\bUSP-?PDU/i, type: 'PDU' },
  { os: 'unifi unifi-usp', text: /\bUSP\b|\bUSP-|\bRPS\b/i, type: 'Power' },
  {
    os: 'unifi airos',
    text: oneOf`
      USW\b | USW- | US-?\d | US\d | USM[A-Z] | TOUGHSwitch | edgeswitch`,
    type: 'Switch',
  },
  {
    os: 'unifi',
    text: oneOf`
      (?:USG|UDM|UDR|UXG|UCG|UDW|U-LTE|ULTE|UMR)\b | dream (?:machine|router|wall) | U-LTE
      gateway`,
    type: 'Router',
  },
  { os: 'unifi', text: /\bUBB\b|\bbuilding bridge|\bUDB\b/i, type: 'Wireless Bridge' },
  { os: 'unifi', text: /\bUNVR/i, type: 'NVR' },
  {
    os: 'unifi',
    text: /\bUVC|\bG[3-6] (?:bullet|dome|flex|pro|instant|turret|ptz)/i,
    type: 'Camera',
  },
  { os: 'unifi', text: /\bUCK\b|\bcloud ?key/i, type: 'Server' },
  { os: 'unifi', text: /\bUNAS/i, type: 'Storage' },
  { os: 'unifi', text: /\bUVP|\bUTP-|\btalk/i, type: 'Phone' },
  { os: 'unifi', type: 'WAP' },
  { os: 'airos', text: /\bUAP\b|\bUAP-|\baircube|\bunifi/i, type: 'WAP' },
  { os: 'airos', type: 'Wireless Bridge' },
  { os: 'edgeswitch', text: /\bU-?POINT|\bUAP-/i, type: 'WAP' },
  { os: 'edgeswitch', type: 'Switch' },
  { os: 'edgeos', text: /\bufiber|\bUF-OLT|\bOLT\b/i, type: 'Access' },
  { os: 'edgeos', text: /\bedgeswitch|\bES-\d/i, type: 'Switch' },
  { os: 'edgeos', type: 'Router' },

  // Aruba: controllers have four digits, access points three. The campus switches of HPE run another system.
  {
    os: 'arubaos',
    text: /\b(?:R?AP|IAP|APIN\w*)-?\d{2,3}|model: ?(?!6[25][01]\))\d{3}[A-Z]{0,2}\)/i,
    type: 'WAP',
  },
  { os: 'arubaos', model: /^(?:aruba)? ?S[123]500/i, type: 'Switch' },
  { os: 'arubaos', text: /\b(?:aruba)?S[123]500-/i, type: 'Switch' },
  { os: 'arubaos', type: 'Wireless Controller' },

  // LANCOM: LCOS runs on routers, indoor and outdoor access points and controllers.
  { os: 'lcos', text: /\bWLC-?\d/i, type: 'Wireless Controller' },
  { os: 'lcos', text: /\b(?:GS|XS|ES|CS|IGS)-\d/i, type: 'Switch' },
  {
    os: 'lcos',
    text: oneOf`
      (?:L|LN|LW|LX|OW|OX|OAP|IAP|XAP)-\d{2,4} | (?:L-?)?[35]4(?:g|ag)?\b | E-?\d{3}AGN`,
    type: 'WAP',
  },
  {
    os: 'lcos',
    text: oneOf`
      R?(?:[3789]\d{3}|1[6-9]\d\d|[78]\d\d|2100)[A-Z]* | ISG- | vRouter | router`,
    type: 'Router',
  },

  // Controllers and access points of one maker
  { os: 'ruckuswireless ruckuswireless-sz', model: /^(?:zf|R|T|H|M|E)\d{3}/i, type: 'WAP' },
  { os: 'hiveos-network hiveos-wireless', text: /\bSR2\d{3}|\bswitch\b/i, type: 'Switch' },
  { os: 'hiveos-network hiveos-wireless', text: /\bBR\d{3}|\bXR\d|router/i, type: 'Router' },
  { os: 'hiveos-network hiveos-wireless', text: /\bAP[-_]?\d{2,4}|\bHiveAP/i, type: 'WAP' },
  { os: 'ewc', text: /\bAP-?\d{3,4}/i, type: 'WAP' },
  { os: 'cnpilote', text: /\bR1\d0|\bR2\d\d/, type: 'Router' },
  { os: 'helios', text: /\bmetrolinq|\bML\d|60 ?ghz/i, type: 'Wireless Bridge' },
  { os: 'helios', text: /\bspark|\bsunspot|\bskyfire|\bAP\b|\bmeshlinq/i, type: 'WAP' },
  {
    os: 'proxim',
    text: /\btsunami|\bMP-?\d|\bQB-?\d|\bquickbridge|\blynx|\bgigalink/i,
    type: 'Wireless Bridge',
  },
  { os: 'proxim', text: /\bAP-?\d{3,4}|\borinoco|access point/i, type: 'WAP' },
  { os: 'proxim', type: 'Wireless Bridge' },
  { os: 'altalabs altalabs-ap', text: /\bS\d+-?(?:POE|\d)|switch/i, type: 'Switch' },
  { os: 'altalabs altalabs-ap', text: /\bAP\d|\bAP-/i, type: 'WAP' },
  { os: 'altalabs', text: /\bRoute\d+/i, type: 'Router' },
  { os: 'altalabs', type: 'Switch' },
  {
    os: 'ericsson-tn ericsson-ml ericsson-6600',
    text: /\brouter ?6\d{3}/i,
    type: 'Router',
  },
  {
    os: 'dd-wrt openwrt tomato freshtomato asuswrt-merlin',
    text: /\baccess point\b|\bUAP-|\bEAP\d/i,
    type: 'WAP',
  },
]

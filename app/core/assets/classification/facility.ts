import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/** Power and cooling: one management card serves UPSs, power strips, transfer switches and coolers alike. */
export const FACILITY: readonly Rule[] = [
  // APC. The model, else the name of the card's application (AN1:apc_hw05_rpdu2g_640.bin), else the object id. A bare
  // "Web/SNMP Management Card" can sit in anything.
  { os: 'apc', model: /\bAP(?:44|77)\d\d|transfer switch|\bATS\b/i, type: 'Power' },
  {
    os: 'apc',
    model: /\bAP93\d\d|netbotz|\bNB(?:RK|WL)|\bEMU\b|environmental/i,
    type: 'Environment',
  },
  {
    os: 'apc',
    text: oneOf`
      in-?row | AC[RS][CDP]\d | uniflair | ACRD | air (?:condition|distribution) | networkair
      cooling\b | ecoaisle`,
    type: 'Environment',
  },
  {
    os: 'apc',
    model: /\bAP[78]\d{3}|\bAPDU|\bPDPM|\bE?PDU\b|masterswitch/i,
    type: 'PDU',
  },
  {
    os: 'apc',
    model: oneOf`
      (?:smart|back|matrix|power)-?ups | symmetra | galaxy | SM[TXC]\d | SRT?\w*\d | SUA?\d | SURT
      silcon | MGE\b | UPS\b | MX\d{4}`,
    type: 'UPS',
  },
  { os: 'apc', model: /\bAP5\d{3}|\bkvm/i, type: 'Console' },
  { os: 'apc', description: /apc_hw\d\d_ats/i, type: 'Power' },
  {
    os: 'apc',
    description: oneOf`
      apc_hw\d\d_(?:e?rpdu|pdu|xpdu|rpp|ms(?:p|pl)?_|ms_) | MN:AP(?:[78]\d)\d\d | masterswitch`,
    type: 'PDU',
  },
  {
    os: 'apc',
    description: oneOf`
      apc_hw\d\d_(?:su|sy|gxxx|g\d|galaxy|dp3|3p|xups|mge|px|smx|srt) | MN:SM | powerchute
      smart-?ups | symmetra`,
    type: 'UPS',
  },
  {
    os: 'apc',
    description: /apc_hw\d\d_(?:aem|ems|emu|nb|rd|ra|acr|ac|unflr|iem|cdu)|environmental/i,
    type: 'Environment',
  },
  { os: 'apc', objectId: /^318\.1\.3\.(?:2|3|5|17|27|28)(?:\.|$)/, type: 'UPS' },
  { os: 'apc', objectId: /^318\.1\.3\.(?:4|16)(?:\.|$)/, type: 'PDU' },
  { os: 'apc', objectId: /^318\.1\.3\.(?:8|14|15)(?:\.|$)/, type: 'Environment' },
  { os: 'apc', objectId: /^318\.1\.3\.11(?:\.|$)/, type: 'Power' },
  { os: 'apc', type: 'Unknown' },

  // Eaton, Vertiv, CyberPower, Tripp Lite and others
  {
    os: 'eatonups eaton-mgeups eatonpdu eatonupsm2',
    text: /\b(?:ATS|STS)\d*\b|transfer switch/i,
    type: 'Power',
  },
  { os: 'eatonups eaton-mgeups eatonupsm2', text: /\be?pdu\b/i, type: 'PDU' },
  { os: 'eatonups eaton-mgeups eatonupsm2', text: /\bEMP\b|environmental/i, type: 'Environment' },
  {
    os: 'liebert',
    text: oneOf`
      zerou | PDU\b | PD2 | FPC\b | MP[HX]\b | MPH2 | PPC\b | RDC\b`,
    type: 'PDU',
  },
  {
    os: 'liebert',
    text: oneOf`
      CR[VCD]\d*\b | DS[EP]?\b | XD[MPC]?\d*\b | PDX\b | PCW\b | DM\b | DP?ME\b | icom\b | cooling
      chiller | thermal | challenger | CW\b | HPC | Mini-?Mate | Deluxe`,
    type: 'Environment',
  },
  { os: 'liebert', text: /\bSTS2?\b|transfer switch/i, type: 'Power' },
  { os: 'liebert', text: /\bNetSure|rectifier/i, type: 'Power' },
  { os: 'liebert', type: 'UPS' },
  { os: 'cyberpower', text: /\bATS\b|transfer switch/i, type: 'Power' },
  { os: 'cyberpower', text: /\bPDU/i, type: 'PDU' },
  { os: 'cyberpower', type: 'UPS' },
  { os: 'poweralert', text: /\bPDU|\bswitched|\bmetered/i, type: 'PDU' },
  { os: 'poweralert', text: /\bATS\b|transfer switch/i, type: 'Power' },
  { os: 'poweralert', type: 'UPS' },
  {
    os: 'raritan-pdu raritan-emx',
    text: /\bEMX|\bsmart rack controller|\bSRC-/i,
    type: 'Environment',
  },
  { os: 'raritan-pdu', text: /\btransfer switch|\bPX\dTS/i, type: 'Power' },
  { os: 'raritan-pdu', text: /\bdominion (?:kx|sx|lx|kvm)|\bkvm/i, type: 'Console' },
  { os: 'raritan-pdu', type: 'PDU' },
  {
    os: 'rittal-cmc-iii-pu rittal-cmc rittal-lcp',
    text: /\bPDU\b|\bPSM\b|\bDRC PDU/i,
    type: 'PDU',
  },
  { os: 'rittal-cmc-iii-pu', type: 'Environment' },
  {
    os: 'dell-ups huaweiups hpe-rtups deltaups socomec-ups netagent2',
    text: /\bPDU\b/,
    type: 'PDU',
  },
  {
    os: 'dell-ups huaweiups socomec-ups netagent2 generex-ups',
    text: /\b(?:ATS|STS)\b|transfer switch/i,
    type: 'Power',
  },
  {
    os: 'geist-pdu vertiv-pdu geist-watchdog',
    text: /\bwatch ?dog|\bgoose|environmental monitor/i,
    type: 'Environment',
  },
  { os: 'geist-pdu vertiv-pdu', text: /\b(?:ATS|RTS)\b|transfer switch/i, type: 'Power' },
  {
    os: 'enlogic-pdu panduit hpe-ipdu sentry3 sentry4',
    text: /transfer switch|\bATS\b/i,
    type: 'Power',
  },
  { os: 'gude-epc gude-esb ets', text: /\bsensor box|\bESB\b/i, type: 'Environment' },
  { os: 'netmanplus', text: /\b[AMS]TS\b|transfer switch/i, type: 'Power' },
  { os: 'deltaorion', type: 'Power' },
  { os: 'huawei-smu', type: 'Power' },
]

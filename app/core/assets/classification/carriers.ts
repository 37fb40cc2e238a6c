import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/** Makers whose one operating system spans campus, data centre and carrier lines: the product line decides. */
export const CARRIERS: readonly Rule[] = [
  // Juniper. The description of an SRX says "internet router" too, so firewalls come first.
  { os: 'junos', text: /\b(?:v|c)?srx(?:\d|\b)|\bvsrx/i, type: 'Firewall' },
  {
    os: 'junos',
    text: oneOf`
      (?:ex|qfx|ocx)[- ]?(?:\d|series|xre) | ethernet switch\b | qfabric
      vqfx`,
    type: 'Switch',
  },
  {
    os: 'junos',
    text: oneOf`
      (?:v?mx|ptx|acx|vmx|nfx|ctp|ln)[- ]?(?:\d|series) | vmx | vrr\b | crpd | [jmt]x?\d{1,4}i?\b
      session and resource | internet (?:backbone )?router`,
    type: 'Router',
  },
  { os: 'junos', text: /\bvirtual chassis/i, type: 'Switch' },
  { os: 'junose', type: 'Router' },

  // Huawei. The software's line in the description names the product where the model does not.
  {
    os: 'vrp yunshan',
    text: /\bUSG\d|\beudemon|\bNGFW|\bhisecengine|\bsecospace/i,
    type: 'Firewall',
  },
  {
    os: 'vrp yunshan',
    text: /\bAC6\d{3}|\bACU\d|\bAC\d{4}|\bairengine ?9\d/i,
    type: 'Wireless Controller',
  },
  { os: 'vrp yunshan', text: /\b(?:huawei )?AP\d{3,4}|\bairengine|\bWA\d{4}/i, type: 'WAP' },
  { os: 'vrp yunshan', text: /\bRTN ?\d/i, type: 'Wireless Bridge' },
  { os: 'vrp yunshan', text: /\bMA5[68]\d\d/i, type: 'Access' },
  { os: 'vrp yunshan', text: /\boptix|\bOSN ?\d/i, type: 'Optical' },
  {
    os: 'vrp yunshan',
    text: oneOf`
      AR ?G?\d{2,4} | NE\d{1,4} | netengine | ME60 | CX600 | ATN ?\d | SRG\d | PTN ?\d | MSCG
      NE\w*-X\d`,
    type: 'Router',
  },
  {
    os: 'vrp yunshan',
    text: oneOf`
      (?:L?S|LS-?S)\d{3,5} | CE\d{3,5} | cloudengine | quidway | E6\d\d\b | FM\d{4} | SD?\d{4}-`,
    type: 'Switch',
  },
  { os: 'yunshan', type: 'Switch' },

  // Nokia: the 7210 SAS and the 7220 IXR are sold as both.
  { os: 'timos', text: /\b7210\b|\bSAS-/i, type: 'Unknown' },
  {
    os: 'timos',
    text: oneOf`
      7450\b | 77[05]\d\b | 7950\b | 72(?:15|50)\b | SAR\b | VSR | XRS`,
    type: 'Router',
  },
  { os: 'srlinux', text: /\b7220\b/i, type: 'Unknown' },
  { os: 'srlinux', text: /\b7(?:215|250|730)\b/i, type: 'Router' },
  { os: 'aos', text: /\bAPC\b/, type: 'Unknown' },
  {
    os: 'aos aos6 aos7',
    text: /\bOAW-(?:4|6)\d|wireless (?:lan )?(?:switch|controller)/i,
    type: 'Wireless Controller',
  },
  { os: 'aos aos6 aos7', text: /\bOAW-(?:AP|IAP)/i, type: 'WAP' },
  { os: 'aos aos6 aos7', type: 'Switch' },

  // Brocade, Extreme, Ruckus.
  {
    os: 'ironware',
    text: oneOf`
      NI-?(?:CER|XMR|MLX) | (?:CER|MLX|XMR)\w*\b | netiron (?:mlx|xmr|cer)`,
    type: 'Router',
  },
  { os: 'ironware', text: /\bserveriron/i, type: 'Load Balancer' },
  { os: 'ironware', type: 'Switch' },
  {
    os: 'slxos',
    text: /\bSLX-?9(?:540|640|740|850)|\bBR-?SLX-?9(?:540|640|740|850)/i,
    type: 'Router',
  },
  { os: 'slxos', type: 'Switch' },
  { os: 'enterasys', text: /\bX-?pedition|\bXSR-?\d/i, type: 'Router' },
  {
    os: 'enterasys xos extremeware',
    text: /\bWS-?C?\d{2,4}\b|wireless controller|\bsummit ?wm/i,
    type: 'Wireless Controller',
  },
  { os: 'enterasys', text: /\b(?:RBT|AP)-?\d{4}/i, type: 'WAP' },
  { os: 'enterasys', type: 'Switch' },

  // Whitebox and regional carriers.
  { os: 'ocnos', text: /\bS9[56]\d\d|\bCSR\d|\bcell site/i, type: 'Router' },
  {
    os: 'ocnos',
    text: oneOf`
      (?:AS|EC_AS)?[457]\d{3}- | S9[13]\d\d | edgecore | delta | agema | dell`,
    type: 'Switch',
  },
  { os: 'bdcom fs-bdcom', text: /\b(?:GP|P)3[36]\d\d|\bOLT\b|\b[EG]PON\b/i, type: 'Access' },
  { os: 'bdcom fs-bdcom', type: 'Switch' },
  { os: 'dasan-nos', text: /\bV[568]\d{3}[A-Z]?|\bOLT\b|\bG?E?PON\b|\bDSLAM/i, type: 'Access' },
  { os: 'dasan-nos', type: 'Switch' },
  { os: 'datacom datacom-dmos', text: /\bDM46\d\d|\bOLT\b|\bDM(?:704|706|705)/i, type: 'Access' },
  { os: 'datacom datacom-dmos', type: 'Switch' },
  { os: 'raisecom raisecom-ros', text: /\bRAX|\bISCOM5\d{3}|\bOLT\b|\bRC\d/i, type: 'Unknown' },
  { os: 'raisecom raisecom-ros', text: /\bISCOM|\bgazelle|\bS\d{4}/i, type: 'Switch' },
  { os: 'mypoweros', text: /\bMP\d|\bNSR|\bSM?R\d|router/i, type: 'Router' },
  { os: 'mypoweros', type: 'Switch' },
  { os: 'ruijie fs-ruijie', text: /\bRG-?(?:AP|WALL-AP)\d|access point/i, type: 'WAP' },
  {
    os: 'ruijie fs-ruijie',
    text: /\bRG-?WS\d|wireless (?:switch|controller)|\bAC\d{3,4}\b/i,
    type: 'Wireless Controller',
  },
  {
    os: 'ruijie fs-ruijie',
    text: /\bRG-?(?:RSR|NBR|EG|NPE)|\b(?:RSR|NBR|EG)\d|gateway/i,
    type: 'Router',
  },
  { os: 'ruijie fs-ruijie', text: /\bRG-?WALL/i, type: 'Firewall' },
  { os: 'ruijie fs-ruijie', type: 'Switch' },
  {
    os: 'zxr10',
    text: oneOf`
      M6000 | T[68]00 | ZXR10 (?:18|38|2800R|GER|T\d|M6) | ZXCTN | router`,
    type: 'Router',
  },
  { os: 'zxr10', type: 'Switch' },
  { os: 'adtran-aos', text: /\bnetvanta ?1[2-9]\d\d|switch/i, type: 'Switch' },
  { os: 'adtran-aos', text: /\bnetvanta ?[3-6]\d{3}/i, type: 'Router' },
  { os: 'adtran-aos', text: /\btotal access|\bTA ?\d{3,4}\b/i, type: 'Access' },
]

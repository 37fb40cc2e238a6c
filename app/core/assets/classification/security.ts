import { type Rule } from './rule.js'

/** Fortinet, A10, Check Point and others whose one system runs on firewalls and on their neighbours in the rack. */
export const SECURITY: readonly Rule[] = [
  // Fortinet names the line in the product; the older FortiOS agents give only a short code.
  { os: 'fortios fortigate fortiap', text: /\bfortiap|\bFAP-?\w?\d|\bFP\d{3}/i, type: 'WAP' },
  { os: 'fortios fortigate', text: /\bfortiswitch|\bFSW|\bFS-?\d{3}/i, type: 'Switch' },
  { os: 'fortios fortigate', text: /\bfortiadc/i, type: 'Load Balancer' },
  { os: 'fortios fortigate', text: /\bfortivoice|\bFVE|\bfortifone/i, type: 'Phone' },
  { os: 'fortios fortigate', text: /\bfortiextender/i, type: 'Router' },
  { os: 'fortios fortigate', text: /\bfortiwlc/i, type: 'Wireless Controller' },
  { os: 'fortios fortigate', text: /\bforticamera/i, type: 'Camera' },
  { os: 'fortios fortigate', text: /\bfortirecorder/i, type: 'NVR' },
  {
    os: 'fortios fortigate',
    text: /\bforti(?:analyzer|manager|mail|web|sandbox|authenticator|siem|ddos|cache|proxy|client|nac|deceptor)|\bF(?:AZ|MG|ML|SA|WB)-?\w*\d/i,
    type: 'Unknown',
  },
  {
    os: 'fortios fortigate',
    text: /\bforti(?:gate|wifi|firewall)|\bF(?:GT|WF|GR|GVM|G)[-_]?\w*/i,
    type: 'Firewall',
  },
  { os: 'fortigate', type: 'Firewall' },

  { os: 'acos', text: /\bTPS\b/i, type: 'Unknown' },
  { os: 'acos', text: /\bCFW\b/, type: 'Firewall' },
  { os: 'acos', type: 'Load Balancer' },
  { os: 'apsoluteos alteonos', text: /\bdefensepro|\bDPI\b/i, type: 'Unknown' },
  {
    os: 'apsoluteos alteonos',
    text: /\balteon|\bappdirector|\blinkproof|\bapplication switch/i,
    type: 'Load Balancer',
  },
  { os: 'alteonos', type: 'Load Balancer' },
  { os: 'sophos sophos-xg', text: /\bAPX? ?\d{2,3}|access point/i, type: 'WAP' },
  { os: 'sophos sophos-xg', text: /\bCS\d{3}-/i, type: 'Switch' },
  { os: 'sonicwall', text: /\bSWS\d|\bsonicswitch/i, type: 'Switch' },
  { os: 'sonicwall', text: /\bsonicwave|\bsonicpoint/i, type: 'WAP' },
  { os: 'sonicwall', text: /\bemail security/i, type: 'Unknown' },
  { os: 'fireware', text: /\bAP\d{3}/i, type: 'WAP' },
  { os: 'zywall zyxelusg', text: /\bNWA|\bWAC\d|\bWAX\d/i, type: 'WAP' },
  { os: 'zywall zyxelusg', text: /\bNXC\d/i, type: 'Wireless Controller' },
  { os: 'velocloud', text: /\bedge ?\d/i, type: 'Router' },
  { os: 'firebrick', text: /\bFB6\d{3}/i, type: 'Router' },
  { os: 'firebrick', type: 'Unknown' },
]

import { type Rule } from './rule.js'

/**
 * What the source calls it. Categories such as "network", "wireless", "power" and "appliance" hold everything and
 * decide nothing; the others are right nearly always. An operator may have typed the category, so it comes after
 * what the device says of itself.
 */
export const SOURCE_TYPES: readonly Rule[] = [
  // Monitors file every host they know nothing of under "server".
  { os: 'generic default ping', sourceType: /^server$/, type: 'Unknown' },

  { sourceType: /^laptop|^notebook/, type: 'Laptop' },
  { sourceType: /^(?:desktop|workstation)/, type: 'Desktop' },
  { sourceType: /^(?:smart ?)?tv$|^television/, type: 'Smart TV' },
  { sourceType: /^(?:server|hypervisor|virtual machine)$/, type: 'Server' },
  { sourceType: /^(?:wap|ap|(?:wireless )?access ?point)$/, type: 'WAP' },
  { sourceType: /^router$/, type: 'Router' },
  { sourceType: /^(?:network )?switch$/, type: 'Switch' },
  { sourceType: /^firewall$/, type: 'Firewall' },
  { sourceType: /^printer$/, type: 'Printer' },
  { sourceType: /^ups$/, type: 'UPS' },
  { sourceType: /^pdu$/, type: 'PDU' },
  { sourceType: /^(?:storage|nas|san)$/, type: 'Storage' },
  { sourceType: /^(?:ip )?camera$/, type: 'Camera' },
  { sourceType: /^(?:(?:ip|voip) )?phone$|^voip$/, type: 'Phone' },
  { sourceType: /^wireless bridge$/, type: 'Wireless Bridge' },
  { sourceType: /^wireless controller$|^wlc$/, type: 'Wireless Controller' },
  { sourceType: /^load ?balancer$/, type: 'Load Balancer' },
  { sourceType: /^console(?: server)?$/, type: 'Console' },
  { sourceType: /^environment(?:al)?$|^sensor$/, type: 'Environment' },
  { sourceType: /^optical$/, type: 'Optical' },
  { sourceType: /^timing$|^clock$/, type: 'Timing' },
  { sourceType: /^media$|^encoder$|^audio-?video$/, type: 'Media' },
  { sourceType: /^[nd]vr$/, type: 'NVR' },
]

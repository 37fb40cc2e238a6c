import { BARE_MACHINES } from './computers.js'
import { BARE_DISPLAYS } from './displays.js'
import { oneOf } from './one_of.js'
import { type Rule } from './rule.js'

/**
 * Words in the model or the description that name the thing, for systems the other tables do not know. The order
 * holds the traps: "Switched PDU", "Automatic Transfer Switch", "KVM switch" and "application switch" are no
 * switches, "router/switch" says nothing, "gateway" and "controller" alone are no evidence at all.
 */
export const WORDS: readonly Rule[] = [
  ...BARE_MACHINES,
  ...BARE_DISPLAYS,

  // Power and cooling
  { text: /transfer switch|\bATS\b/i, type: 'Power' },
  {
    text: oneOf`
      e?i?PDU\b | PDU\d | power distribution | (?:switched|metered|monitored) (?:rack|pdu)
      power strip`,
    type: 'PDU',
  },
  { text: /\bUPS\b|uninterruptible|smart-ups|\bsymmetra/i, type: 'UPS' },
  {
    text: oneOf`
      rectifier | inverter\b | genset | dc power | power (?:system|supply|meter|injector)
      solar charg | midspan`,
    type: 'Power',
  },
  {
    text: oneOf`
      temperature | humidity | thermo(?:meter|graph) | environment(?:al)? (?:monitor|sensor|manag)
      sensor ?(?:probe|gateway|hub) | chiller | air.condition | cooling\b | hvac\b | crac\b
      water leak`,
    type: 'Environment',
  },

  // Office and voice
  {
    text: oneOf`
      (?:laser|office|design|page|desk|photo|ink)jet | jetdirect | printer\b | print server
      multifunction | MFP\b | bizhub | imagerunner | imagepress | aficio | workcentre
      (?:versa|alta)link | phaser\b | ecosys | taskalfa | ineo\b | plotter | labelprinter`,
    type: 'Printer',
  },
  {
    text: oneOf`
      (?:ip|voip|sip|conference|desk) ?-?phone | telephone | voip (?:gateway|adapter)
      sip (?:gateway|server) | analog(?:ue)? (?:telephone )?adapter | (?:ip-?)?pbx\b
      session border | intercom | door ?(?:phone|station) | video ?conferenc | telepresence
      polycom | soundpoint | vvx ?\d | yealink | snom | mediant | mediapack`,
    type: 'Phone',
  },
  {
    text: oneOf`
      N[VD]R\b | XVR\b | network video recorder | digital video recorder`,
    type: 'NVR',
  },
  {
    text: /(?:network|ip|dome|bullet|surveillance|web|ptz|thermal|fisheye) ?-?cam(?:era)?\b|\bcamera\b/i,
    type: 'Camera',
  },
  {
    text: oneOf`
      projector | video (?:encoder|decoder)
      (?:tv|fm|dvb-?t?2?|radio|broadcast) (?:transmitter|modulator|exciter) | satellite receiver
      modulator | multiviewer | edge ?qam | loudspeaker | av over ip | set-top`,
    type: 'Media',
  },

  // Wireless, before "controller", "bridge" and "switch" mean something else
  {
    text: oneOf`
      wireless (?:lan )?(?:access )?controller | wlan (?:access )?controller | WLC\b
      mobility (?:controller|conductor|master) | zonedirector | smartzone`,
    type: 'Wireless Controller',
  },
  {
    text: oneOf`
      access point\b | wi-?fi (?:ap|array)\b | wireless ap\b | U[AI]P- | instant ap\b | WAP\d`,
    type: 'WAP',
  },
  {
    text: oneOf`
      microwave (?:radio|link|backhaul) | wireless (?:bridge|link|backhaul)
      point-?to-?(?:multi)?-?point | radio (?:link|relay) | 60 ?ghz | Pt(?:M|)P radio | canopy\b`,
    type: 'Wireless Bridge',
  },

  // Servers' neighbours
  {
    text: oneOf`
      load ?balanc | application delivery | application switch | big-?ip\b | netscaler`,
    type: 'Load Balancer',
  },
  {
    text: oneOf`
      (?:console|terminal|serial(?: device)?) server | kvm (?:switch|over) | remote console
      console manager`,
    type: 'Console',
  },
  {
    text: oneOf`
      NAS\b | disk ?station | rackstation | storage (?:array|system|appliance|processor|center)
      tape library | autoloader | disk array | raid (?:array|subsystem|system) | truenas | freenas`,
    type: 'Storage',
  },
  {
    text: oneOf`
      ntp (?:server|appliance) | time server | grandmaster | gps (?:clock|receiver|time)
      master clock | stratum 1`,
    type: 'Timing',
  },

  // Carrier equipment
  {
    text: oneOf`
      [DC]?WDM\b | EDFA\b | ROADM\b | optical (?:amplifier|transport|line|network platform)
      transponder | muxponder`,
    type: 'Optical',
  },
  {
    text: oneOf`
      OLT\b | DSLAM | CMTS\b | ON[TU]\b | [GE]PON\b | MSAN\b | cable modem | dsl modem | docsis
      access multiplexer`,
    type: 'Access',
  },

  // The classic three, and servers
  {
    text: oneOf`
      firewall | UTM\b | security (?:gateway|appliance) | threat (?:defense|management)
      adaptive security`,
    type: 'Firewall',
  },
  {
    text: oneOf`
      i?drac\d?\b | ilo ?\d | lights.out | BMC\b | IPMI\b | baseboard management | hypervisor
      esxi\b | proxmox | management controller`,
    type: 'Server',
  },
  { text: /router ?\/ ?switch|switch ?\/ ?router/i, type: 'Unknown' },
  {
    text: oneOf`
      routing switch | layer ?3 switch
      (?:ethernet|fib(?:re|er) channel|managed|smart|gigabit|poe) switch`,
    type: 'Switch',
  },
  { text: /\brouters?\b|\bedgerouter/i, type: 'Router' },
  { text: /\bswitch(?:es)?\b|commutateur/i, type: 'Switch' },
]

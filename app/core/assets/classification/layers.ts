import { type Rule } from './rule.js'

/**
 * The last resort: the layers a device works on, rightmost digit first. Bridging only is a switch, routing only is a
 * router (firewalls are known by their system). Both may be either, and the application layer is any host.
 */
export const LAYERS: readonly Rule[] = [
  { layers: /^0{6}1[01]$/, type: 'Switch' },
  { layers: /^0{5}10[01]$/, type: 'Router' },
]

import type { Draft } from './draft.ts'
import type { HardCase } from './hard_cases.ts'

const HSRP = '00:00:0c:07:ac:41'
const VRRP = '00:00:5e:00:01:0a'

/** Two routers that answer for one virtual gateway, and boxes made of several boxes. */
export const PAIRS_AND_STACKS: readonly HardCase[] = [
  { product: 'isr', bend: (draft) => addVirtualPort(draft, 'Vl65', HSRP) },
  { product: 'isr', bend: (draft) => addVirtualPort(draft, 'Vl65', HSRP) },
  { product: 'mx', bend: virtualBase },
  { product: 'mx', bend: virtualBase },
  { product: 'c9300', members: 2, bend: () => {} },
  { product: 'c9300', members: 3, bend: (draft) => nameTheStack(draft, 'c93xxL Stack') },
  { product: 'c2960x', members: 2, bend: (draft) => nameTheStack(draft, 'cat29xxStack') },
  { product: 'ex', members: 2, bend: (draft) => nameTheStack(draft, 'Juniper Virtual Chassis Switch') },
  { product: 'cx6300', members: 3, bend: (draft) => nameTheStack(draft, 'Aruba 6300 VSF Stack') },
]

function addVirtualPort(draft: Draft, name: string, mac: string) {
  draft.interfaces.push({ index: draft.interfaces.length + 1, name, type: 'propVirtual', mac })
  draft.oddities.push('virtual_router_pair')
}

/** SNMP::Info takes the address of interface 1, which on these two is the virtual one. */
function virtualBase(draft: Draft) {
  addVirtualPort(draft, 'irb.10', VRRP)
  draft.baseMac = VRRP
}

function nameTheStack(draft: Draft, hardware: string) {
  draft.views.librenms.model = hardware
  draft.oddities.push('models_differ')
}

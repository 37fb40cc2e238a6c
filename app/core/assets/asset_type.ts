/**
 * What an asset can be, as seeded: the name people read and the key of its icon. People may add further types; these
 * are the ones that core itself can tell apart. Order is the order of lists.
 */
export const ASSET_TYPES = [
  { name: 'Laptop', icon: 'laptop' },
  { name: 'Desktop', icon: 'desktop' },
  { name: 'Smart TV', icon: 'tv' },
  { name: 'Server', icon: 'server' },
  { name: 'WAP', icon: 'access-point' },
  { name: 'Router', icon: 'router' },
  { name: 'Switch', icon: 'switch' },
  { name: 'Firewall', icon: 'firewall' },
  { name: 'Printer', icon: 'printer' },
  { name: 'UPS', icon: 'ups' },
  { name: 'PDU', icon: 'pdu' },
  { name: 'Storage', icon: 'storage' },
  { name: 'Camera', icon: 'camera' },
  { name: 'Phone', icon: 'phone' },
  { name: 'Wireless Bridge', icon: 'wireless-bridge' },
  { name: 'Wireless Controller', icon: 'wireless-controller' },
  { name: 'Load Balancer', icon: 'load-balancer' },
  { name: 'Console', icon: 'console' },
  { name: 'Environment', icon: 'environment' },
  { name: 'Optical', icon: 'optical' },
  { name: 'Access', icon: 'access' },
  { name: 'Power', icon: 'power' },
  { name: 'Timing', icon: 'timing' },
  { name: 'Media', icon: 'media' },
  { name: 'NVR', icon: 'nvr' },
  { name: 'Unknown', icon: 'unknown' },
] as const satisfies readonly { name: string; icon: string }[]

/** Name of a seeded asset type. An asset's own type is a plain string, because people add types. */
export type AssetTypeName = (typeof ASSET_TYPES)[number]['name']

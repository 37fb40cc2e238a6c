const DRAWN = new Set(
  `laptop desktop smart-tv server wap router switch firewall printer ups pdu storage camera phone wireless-bridge
  wireless-controller load-balancer console environment optical access power timing media nvr unknown`.split(/\s+/)
)

/** The icon of an asset type by its name; a type that somebody added gets the one of `Unknown`. */
export function toTypeIcon(type: string): string {
  const slug = type.toLowerCase().replaceAll(' ', '-')
  return `type-${DRAWN.has(slug) ? slug : 'unknown'}`
}

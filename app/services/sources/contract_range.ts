type Version = readonly [major: number, minor: number, patch: number]

const COMPARATOR = /^(\^|~|>=|<=|>|<|=)?v?(\d+|[x*])(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?$/i

/**
 * True when the version of the contract lies in the range a plugin asks for. Understands what manifests write:
 * `^1.2.0`, `~1.2`, `1.x`, `>=1.1 <2`, `*`, alternatives with `||`. What it does not understand is out of range.
 */
export function isInContractRange(range: string, version: string): boolean {
  const parsed = parseVersion(version)
  return range.split('||').some((alternative) =>
    alternative
      .trim()
      .split(/\s+/)
      .every((comparator) => matches(comparator, parsed))
  )
}

function matches(comparator: string, version: Version): boolean {
  if (comparator === '' || comparator === '*') {
    return true
  }
  const parts = COMPARATOR.exec(comparator)
  if (!parts) {
    return false
  }
  const given = parts.slice(2).filter((part) => part !== undefined && !/[x*]/i.test(part)).length
  const base: Version = [toNumber(parts[2]), toNumber(parts[3]), toNumber(parts[4])]

  switch (parts[1] ?? '=') {
    case '>=':
      return compare(version, base) >= 0
    case '<=':
      return compare(version, base) <= 0
    case '>':
      return compare(version, base) > 0
    case '<':
      return compare(version, base) < 0
    case '^':
      return compare(version, base) >= 0 && hasSame(version, base, base[0] > 0 ? 1 : base[1] > 0 ? 2 : 3)
    case '~':
      return compare(version, base) >= 0 && hasSame(version, base, Math.min(given, 2))
    default:
      return hasSame(version, base, given)
  }
}

function parseVersion(version: string): Version {
  const [major, minor, patch] = version.split('.')
  return [toNumber(major), toNumber(minor), toNumber(patch)]
}

function toNumber(part: string | undefined): number {
  const number = Number.parseInt(part ?? '0', 10)
  return Number.isNaN(number) ? 0 : number
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function hasSame(a: Version, b: Version, parts: number): boolean {
  return a.slice(0, parts).every((part, index) => part === b[index])
}

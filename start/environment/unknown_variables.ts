/** Names that `bin/environment.ts` and the settings of the database read themselves. */
const OTHERS = [
  'APP_HOST',
  'ENV_PATH',
  'POSTGRES_DB',
  'POSTGRES_HOST',
  'POSTGRES_PASSWORD',
  'POSTGRES_PORT',
  'POSTGRES_USER',
  'SECRET_KEY',
]

/** What tests, the image and the proxy in front of it are told; containers take secrets from files. */
const FOR_OTHERS = /^LAIM_(?:TEST_\w+|FAULT_POINT|SITE|VERSION)$|_FILE$/

/** So many letters may be wrong, missing or too much in a name that somebody mistyped. */
const MOST_TYPOS = 2
/** In a shorter name two letters are too many: it may be of another program. */
const SHORTEST = 8

/**
 * One sentence for each variable that looks like one of LAIM and is none: it would be ignored in silence. `ruled` are
 * the names that have rules. Values are not repeated.
 */
export function findUnknownVariables(names: readonly string[], ruled: readonly string[]): string[] {
  const known = [...ruled, ...OTHERS]
  return names
    .filter((name) => !known.includes(name) && !FOR_OTHERS.test(name))
    .flatMap((name) => {
      const [nearest, typos] = findNearest(name, known)
      const isTypo = typos <= MOST_TYPOS && name.length >= SHORTEST
      if (!isTypo && !name.startsWith('LAIM_')) {
        return []
      }
      return [`${name} is no variable of LAIM and is ignored. Is ${nearest} meant?`]
    })
}

function findNearest(name: string, known: readonly string[]): [nearest: string, typos: number] {
  const distances = known.map((one): [string, number] => [one, countTypos(name, one)])
  return distances.reduce((best, one) => (one[1] < best[1] ? one : best))
}

/** The fewest letters to add, leave out or replace that make one name of the other. */
function countTypos(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [at, wanted] of [...other].entries()) {
      next.push(Math.min(row[at + 1]! + 1, next[at]! + 1, row[at]! + Number(letter !== wanted)))
    }
    row = next
  }
  return row.at(-1)!
}

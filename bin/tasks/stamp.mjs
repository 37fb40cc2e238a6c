import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * A digest of what files and folders look like from outside: names, sizes and
 * times of change. It changes with every edit, addition and removal.
 */
function digestOf(paths) {
  const digest = createHash('sha256')
  for (const path of paths) {
    addTo(digest, path)
  }
  return digest.digest('hex')
}

function addTo(digest, path) {
  const info = statSync(path, { throwIfNoEntry: false })
  if (info?.isDirectory()) {
    for (const name of readdirSync(path).sort()) {
      addTo(digest, join(path, name))
    }
  } else if (info) {
    digest.update(`${path}\n${info.size}\n${info.mtimeMs}\n`)
  }
}

/** Calls `make` unless the file `stamp` says that it was made from `paths` as they are. */
export function makeWhenChanged(stamp, paths, make) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digestOf(paths)) {
    return
  }
  make()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digestOf(paths))
}

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, for their owner only. Step by step: in a file system that refuses folders, Node.js'
 * own recursion never ends.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    return
  }
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/*
| For `node --import=<this file>?folder=<folder>`: at each SIGUSR2 the process collects all its garbage and writes how many
| bytes live in its heap into a file of the folder, which has its process id as name.
*/
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const folder = new URL(import.meta.url).searchParams.get('folder')

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')

process.on('SIGUSR2', () => {
  collectGarbage()
  const file = join(folder, String(process.pid))
  writeFileSync(`${file}.new`, String(process.memoryUsage().heapUsed))
  renameSync(`${file}.new`, file)
})

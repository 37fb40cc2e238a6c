/*
| What `npm start`, `npm test` and the other npm scripts run. It works on any
| Node.js from 18 on: it installs the packages, Node.js 24 among them, and
| does the rest with that one.
*/
import { pathToFileURL } from 'node:url'
import { installPackages } from './tasks/install.mjs'
import { inRoot, ROOT, stopWith } from './tasks/process.mjs'

const TASKS = {
  'start': 'start',
  'dev': 'dev',
  'build': 'build',
  'test': 'test',
  'test:system': 'test_system',
  'bench': 'bench',
  'check': 'check',
}

const [name = 'start', ...args] = process.argv.slice(2)
if (!Object.hasOwn(TASKS, name)) {
  stopWith(`there is no task "${name}"; there are ${Object.keys(TASKS).join(', ')}`)
}

process.chdir(ROOT)
installPackages()
const { run } = await import(pathToFileURL(inRoot('bin/tasks', `${TASKS[name]}.mjs`)).href)
await run(args)

/*
| Runs ace commands from the sources. `node ace build` replaces this file in
| the build by one that runs the compiled commands.
*/
import { continueOnNode24 } from './bin/node24.mjs'

if (!(await continueOnNode24())) {
  await import('@poppinss/ts-exec')
  await import('./bin/console.js')
}

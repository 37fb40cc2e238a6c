import { spawnSync } from 'node:child_process'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const FILE = 'unit/server/draining_server'

/** Lets the import of that file fail, as that of a file with a wrong import does. */
const BREAK_FILE = `import { registerHooks } from 'node:module'
registerHooks({ resolve(specifier, context, next) {
  if (specifier.endsWith('${FILE}.spec.ts')) throw new Error('cannot be imported')
  return next(specifier, context)
} })`

test.group('The runner of these tests', () => {
  test('ends with an error when {$self}')
    .with(['a file cannot be imported', 'there is no such suite'])
    .run(({ assert }, what) => {
      const isBroken = what === 'a file cannot be imported'
      const hooks = isBroken ? [`--import=data:text/javascript,${encodeURIComponent(BREAK_FILE)}`] : []
      const suite = isBroken ? 'unit' : 'nope'
      const { status, error, stdout, stderr } = spawnSync(
        process.execPath,
        ['--import=@poppinss/ts-exec', ...hooks, 'bin/test.ts', suite, '--files', FILE],
        { cwd: app.makePath(), env: { PATH: process.env.PATH }, encoding: 'utf8', timeout: 45_000 }
      )

      assert.isUndefined(error, 'it did not end')
      assert.equal(status, 1, stdout + stderr)
      assert.match(stdout + stderr, isBroken ? /cannot be imported/ : /nope/)
    })
    .timeout(60_000)
})

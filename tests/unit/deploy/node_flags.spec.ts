import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { readComposeFile } from '#tests/helpers/compose_file'

/** What `npm start` and the one service give them, from a file without types. */
const flags: { SERVER_FLAGS: string[]; WORKER_FLAGS: string[] } = await import(
  app.makeURL('bin/tasks/supervisor.mjs').href
)
const SERVER_OPTIONS = flags.SERVER_FLAGS.join(' ')
const WORKER_OPTIONS = flags.WORKER_FLAGS.join(' ')

/** The flags in a unit's environment. */
function optionsOf(unit: string): string | undefined {
  const text = readFileSync(app.makePath('deploy/systemd', unit), 'utf8')
  return /NODE_OPTIONS=([^"\n]+)/.exec(text)?.[1]
}

test.group('The memory that processes may keep', () => {
  test('is the same however a server or a worker is started', ({ assert }) => {
    const { web, worker } = readComposeFile().services

    const [ofServers, ofWorkers] = [web, worker].map((service) => service?.environment?.NODE_OPTIONS)

    assert.deepEqual([ofServers, optionsOf('laim-web.service')], [SERVER_OPTIONS, SERVER_OPTIONS])
    assert.deepEqual([ofWorkers, optionsOf('laim-worker@.service')], [WORKER_OPTIONS, WORKER_OPTIONS])
  })
})

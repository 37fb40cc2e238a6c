import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { interpolate, readComposeFile } from '#tests/helpers/compose_file'

/** Settings that have no place in a container: where it listens, the embedded database, the simulated sources. */
const NOT_IN_A_CONTAINER = ['APP_HOST', 'DATABASE_URL', 'SIMULATED_LAB']

/** Settings that a file keeps from whoever lists containers or processes. */
const SECRET = /PASSWORD|TOKEN|KEY/

function documentedSettings(): string[] {
  const example = readFileSync(app.makePath('.env.example'), 'utf8')
  return [...example.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]!)
}

test.group('docker-compose.yml', () => {
  const { services, secrets, volumes } = readComposeFile()
  const { db, web, worker, proxy } = services as Record<'db' | 'web' | 'worker' | 'proxy', (typeof services)[string]>

  test('runs a proxy, web servers, workers and PostgreSQL 17', ({ assert }) => {
    assert.sameMembers(Object.keys(services), ['db', 'proxy', 'web', 'worker'])
    assert.equal(db.image, 'postgres:17')
    assert.deepEqual([web.command, worker.command], [['web'], ['worker']])
    assert.equal(web.image, worker.image)
  })

  test('opens one port on the machine, that of the proxy, so that the others can be many', ({ assert }) => {
    assert.deepEqual(
      proxy.ports?.map((port) => interpolate(port)),
      ['8000:8000']
    )
    for (const service of [db, web, worker]) {
      assert.isUndefined(service.ports)
      assert.isUndefined(service.container_name)
    }
  })

  test('starts in order, each when the one before it is healthy', ({ assert }) => {
    const healthy = { condition: 'service_healthy' }
    assert.deepEqual(web.depends_on, { db: healthy })
    assert.deepEqual(worker.depends_on, { web: healthy })
    assert.deepEqual(proxy.depends_on, { web: healthy })
    for (const service of [db, web, proxy, worker]) {
      assert.isNotEmpty(service.healthcheck?.test, 'up --wait fails for a service without a check')
    }
  })

  test('gives web and worker a root file system that cannot be written, and no rights', ({ assert }) => {
    for (const service of [web, worker]) {
      assert.isTrue(service.read_only)
      assert.deepEqual(service.cap_drop, ['ALL'])
      assert.deepEqual(service.security_opt, ['no-new-privileges:true'])
    }
  })

  test('keeps the database and the data in volumes with names', ({ assert }) => {
    const mounted = [db, web, worker].flatMap((service) => service.volumes ?? []).map((volume) => volume.split(':')[0])

    assert.sameMembers([...new Set(mounted)], Object.keys(volumes))
  })

  test('reads secrets from files that prepare.sh makes, and holds no value of one', ({ assert }) => {
    const prepare = readFileSync(app.makePath('deploy/docker/prepare.sh'), 'utf8')
    for (const service of [db, web, worker]) {
      for (const [name, value] of Object.entries(service.environment ?? {}).filter((entry) => SECRET.test(entry[0]))) {
        assert.match(name, /_FILE$/)
        assert.include(service.secrets, value.replace('/run/secrets/', ''))
      }
    }
    for (const [name, { file }] of Object.entries(secrets)) {
      assert.equal(file, `deploy/docker/secrets/${name}`)
      assert.match(prepare, new RegExp(`^make ${name} `, 'm'))
    }
  })

  test('passes every documented setting on to web and worker alike', ({ assert }) => {
    const settingsOf = ({ environment }: typeof web) => ({ ...environment, NODE_OPTIONS: undefined })
    assert.deepEqual(settingsOf(worker), settingsOf(web))
    const passed = Object.entries(web.environment ?? {}).map(([name]) => name.replace(/_FILE$/, ''))
    const read = new Set([...passed, ...Object.keys(web.environment ?? {}), 'APP_PORT', ...NOT_IN_A_CONTAINER])

    assert.deepEqual(
      documentedSettings().filter((name) => !read.has(name)),
      []
    )
  })
})

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { copyCommittedFiles } from './built_image.js'
import { StandIns } from './stand_ins.js'

const CREATE = app.makePath('deploy/proxmox/create_lxc.sh')

const PROXMOX = `'pct status '*) [ -e "$CALLS.made" ] && echo 'status: stopped' || exit 2 ;;
  'pct config '*) echo "hostname: laim" ;;
  'pct create '*) touch "$CALLS.made" ;;
  'pveam available '*)
    printf 'system debian-12-standard_12.7-1_amd64.tar.zst\\nsystem debian-13-standard_13.1-2_amd64.tar.zst\\n' ;;`

function has(program: string): boolean {
  return spawnSync('which', [program]).status === 0
}

test.group('Shell scripts', (group) => {
  group.each.skip(!has('shellcheck'), 'shellcheck is not installed')

  test('are what shellcheck likes', ({ assert }) => {
    const { stdout: names } = spawnSync('git', ['ls-files', '*.sh', '.ci/run'], {
      cwd: app.makePath(),
      encoding: 'utf8',
    })
    const scripts = names.trim().split('\n')

    const { status, stdout } = spawnSync('shellcheck', scripts, { cwd: app.makePath(), encoding: 'utf8' })

    assert.includeMembers(scripts, ['deploy/proxmox/setup.sh', 'deploy/docker/build.sh'])
    assert.equal(status, 0, stdout)
  })
})

test.group('Units of systemd', (group) => {
  group.each.skip(!has('systemd-analyze'), 'systemd-analyze is not installed')

  test('are what systemd understands', ({ assert }) => {
    const folder = mkdtempSync(join(tmpdir(), 'laim-units-'))
    const names = readdirSync(app.makePath('deploy/systemd')).filter((name) => /\.(service|timer)$/.test(name))
    const copies = names.map((name) => {
      const text = readFileSync(app.makePath('deploy/systemd', name), 'utf8')
      const copy = join(folder, name.replace('@', '@1'))
      writeFileSync(copy, text.replace('/usr/local/bin/laim', '/bin/true'))
      return copy
    })

    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...copies], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })

    assert.lengthOf(copies, 3)
    assert.deepEqual([status, stderr], [0, ''])
  })
})

test.group('create_lxc.sh', (group) => {
  let host: StandIns

  group.each.setup(() => {
    host = new StandIns().add(['pct', 'pveam'], PROXMOX)
    return () => host.remove()
  })

  function changes() {
    return host.calls().filter((line) => /^pct create|^pct start|^pveam download/.test(line))
  }

  test('downloads the newest template, makes an unprivileged container and starts it', ({ assert }) => {
    const { status, stderr } = host.run(CREATE, ['--ip', '192.0.2.10/24', '--gateway', '192.0.2.1', '--vlan', '42'])

    assert.equal(status, 0, stderr)
    const [download, make, start] = changes()
    assert.equal(download, 'pveam download local debian-13-standard_13.1-2_amd64.tar.zst')
    assert.match(
      make!,
      /--unprivileged 1 --features nesting=1,keyctl=1 --memory 2048 .*ip=192.0.2.10\/24,gw=192.0.2.1,tag=42/
    )
    assert.equal(start, 'pct start 200')
  })

  test('takes an address by DHCP and the key of root, and makes the light one small', ({ assert }) => {
    const key = join(host.folder, 'id.pub')
    writeFileSync(key, 'ssh-ed25519 AAAA somebody\n')

    const { status, stdout } = host.run(CREATE, ['--light', '--id', '321', '--ssh-key', key])

    assert.equal(status, 0)
    const make = changes()[1]!
    assert.match(make, /^pct create 321 .*--features nesting=1 --memory 512 --swap 1536 --cores 1 .*:8 /)
    assert.match(make, new RegExp(`bridge=vmbr0,ip=dhcp .*--ssh-public-keys ${key}$`))
    assert.match(stdout, /pct push 321 .*[^]*setup\.sh --light/)
  })

  test('leaves a container alone that exists', ({ assert }) => {
    host.run(CREATE, ['--no-start'])
    assert.lengthOf(changes(), 2)

    const { status, stdout } = host.run(CREATE, ['--no-start'])

    assert.equal(status, 0)
    assert.match(stdout, /exists and is left as it is/)
    assert.isEmpty(changes())
  })

  test('changes nothing with --dry-run', ({ assert }) => {
    const { status, stdout } = host.run(CREATE, ['--light', '--dry-run'])

    assert.equal(status, 0)
    assert.match(stdout, /would run: pct create 200 .*--memory 512/)
    assert.isEmpty(changes())
  })

  test('tells what it takes, and refuses anything else with 3 before it asks the host', ({ assert }) => {
    assert.match(host.run(CREATE, ['--help']).stdout, /--vlan N/)
    for (const args of [['--vlan', '4095'], ['--ip', '192.0.2.10/24'], ['--id', 'x'], ['--ssh-key', '/no'], ['--x']]) {
      assert.equal(host.run(CREATE, args).status, 3, args.join(' '))
    }
    assert.isEmpty(host.calls())
  })
})

test.group('setup.sh with Docker', (group) => {
  let host: StandIns
  let source: string
  let setup: string

  group.each.setup(() => {
    source = mkdtempSync(join(tmpdir(), 'laim-source-'))
    copyCommittedFiles(source)
    setup = join(source, 'deploy/proxmox/setup.sh')
    host = new StandIns().add(['id'], `*) echo 0 ;;`).add(
      ['docker'],
      `'docker compose ps') [ -e "$CALLS.up" ] && echo 4f0c ;;
      'docker compose run') [ ! -e "$CALLS.sick" ] ;;
      'docker compose up') touch "$CALLS.up" ;;`
    )
    return () => {
      host.remove()
      rmSync(source, { recursive: true })
    }
  })

  function dockerCalls() {
    return host.calls().filter((line) => line.startsWith('docker'))
  }

  test('makes secrets, builds, starts, and waits until all are healthy', ({ assert }) => {
    const { status, stdout, stderr } = host.run(setup)

    assert.equal(status, 0, stderr)
    assert.match(stdout, /docker compose logs web \| grep password/)
    assert.deepEqual(dockerCalls(), [
      'docker compose version',
      'docker compose build --pull',
      'docker compose ps -q db',
      'docker compose up -d --wait --wait-timeout 300',
    ])
    const secrets = join(source, 'deploy/docker/secrets')
    assert.equal(statSync(secrets).mode & 0o777, 0o700)
    assert.isAbove(readFileSync(join(secrets, 'secret_key'), 'utf8').length, 32)
  })

  test('keeps the secrets when it runs again, and checks first what is there', ({ assert }) => {
    const secrets = join(source, 'deploy/docker/secrets')
    const read = () => readdirSync(secrets).map((name) => [name, readFileSync(join(secrets, name), 'utf8')])
    host.run(setup)
    const before = read()
    host.calls()

    const { status } = host.run(setup)

    assert.equal(status, 0)
    assert.deepEqual(read(), before)
    assert.deepEqual(dockerCalls().slice(1), [
      'docker compose build --pull',
      'docker compose ps -q db',
      'docker compose run --rm --no-deps -T worker doctor --preflight',
      'docker compose up -d --wait --wait-timeout 300',
    ])
  })

  test('takes a secret over from .env that was not there before, and no other in the place of one that was', ({
    assert,
  }) => {
    const secret = (name: string) => readFileSync(join(source, 'deploy/docker/secrets', name), 'utf8')
    host.run(setup)
    const key = secret('secret_key')
    writeFileSync(join(source, '.env'), "NETDISCO_PASSWORD='abc'\nMETRICS_TOKEN=q\nSECRET_KEY=another\n")

    host.run(setup)

    assert.equal(secret('netdisco_password'), 'abc')
    assert.equal(secret('metrics_token'), 'q')
    assert.equal(secret('secret_key'), key)
    assert.equal(secret('librenms_api_token'), '')
  })

  test('leaves what runs alone when it would not survive the upgrade', ({ assert }) => {
    host.run(setup)
    host.calls()
    writeFileSync(join(host.folder, 'calls.sick'), '')

    const { status, stderr } = host.run(setup)

    assert.equal(status, 1)
    assert.match(stderr, /setup: nothing was changed/)
    assert.notInclude(dockerCalls().join('\n'), 'docker compose up')
  })

  test('changes nothing with --dry-run, and refuses what it does not know with 3', ({ assert }) => {
    const { status, stdout } = host.run(setup, ['--dry-run'])

    assert.equal(status, 0)
    assert.match(stdout, /would run: docker compose up -d --wait/)
    assert.isEmpty(dockerCalls())
    assert.equal(host.run(setup, ['--what']).status, 3)
    assert.match(host.run(setup, ['--help']).stdout, /--light/)
  })
})

test.group('setup.sh --light', () => {
  test('says at once that there is not memory enough for the build, and how to add it', ({ assert, cleanup }) => {
    const host = new StandIns().add(['id'], `*) echo 0 ;;`).add(['awk'], `*) echo 512 ;;`)
    cleanup(() => host.remove())
    host.add(['apt-get', 'npm', 'useradd', 'systemctl'])

    const { status, stderr } = host.run(app.makePath('deploy/proxmox/setup.sh'), ['--light'])

    assert.equal(status, 1)
    assert.match(stderr, /^setup: the build needs 1800 MB of memory and swap, here are 512 MB: add swap/)
    assert.deepEqual(
      host.calls().filter((line) => !/^(id|awk) /.test(line)),
      []
    )
  })
})

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

const CREATE = 'deploy/proxmox/create_lxc.sh'

/** Answers as a Proxmox VE host does, and writes each call into a file. */
const STAND_IN = `#!/bin/bash
echo "$(basename "$0") $*" >> "$CALLS"
case "$(basename "$0") $1" in
  'pct status') [ -e "$CALLS.made" ] && echo 'status: stopped' || exit 2 ;;
  'pct config') echo "hostname: laim" ;;
  'pct create') touch "$CALLS.made" ;;
  'pveam available') printf 'system debian-12-standard_12.7-1_amd64.tar.zst\\nsystem debian-13-standard_13.1-2_amd64.tar.zst\\n' ;;
esac
`

test.group('create_lxc.sh', (group) => {
  let folder: string
  let calls: string

  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'laim-host-'))
    calls = join(folder, 'calls')
    for (const name of ['pct', 'pveam']) {
      writeFileSync(join(folder, name), STAND_IN)
      chmodSync(join(folder, name), 0o755)
    }
    return () => rmSync(folder, { recursive: true, force: true })
  })

  function create(...args: string[]) {
    const env = { PATH: `${folder}:${process.env.PATH}`, CALLS: calls }
    return spawnSync(app.makePath(CREATE), args, { env, encoding: 'utf8' })
  }

  function made() {
    return readFileSync(calls, 'utf8')
      .split('\n')
      .filter((line) => /^pct create|^pct start|^pveam download/.test(line))
  }

  test('downloads the newest template, makes an unprivileged container and starts it', ({ assert }) => {
    const { status, stderr } = create('--ip', '192.0.2.10/24', '--gateway', '192.0.2.1', '--vlan', '42')

    assert.equal(status, 0, stderr)
    const [download, make, start] = made()
    assert.equal(download, 'pveam download local debian-13-standard_13.1-2_amd64.tar.zst')
    assert.match(
      make!,
      /--unprivileged 1 --features nesting=1,keyctl=1 --memory 2048 .*ip=192.0.2.10\/24,gw=192.0.2.1,tag=42/
    )
    assert.equal(start, 'pct start 200')
  })

  test('leaves a container alone that exists', ({ assert }) => {
    create('--no-start')
    const { status, stdout } = create('--no-start')

    assert.equal(status, 0)
    assert.match(stdout, /exists and is left as it is/)
    assert.lengthOf(made(), 2)
  })

  test('changes nothing with --dry-run', ({ assert }) => {
    const { status, stdout } = create('--light', '--dry-run')

    assert.equal(status, 0)
    assert.match(stdout, /would run: pct create 200 .*--memory 512/)
    assert.isEmpty(made())
  })

  test('refuses wrong options with 3, before it asks the host', ({ assert }) => {
    for (const args of [['--vlan', '4095'], ['--ip', '192.0.2.10/24'], ['--id', 'x'], ['--nothing']]) {
      assert.equal(create(...args).status, 3)
    }
    assert.isFalse(existsSync(calls))
  })
})

import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { findFreePort } from '#tests/helpers/free_port'
import { NOBODY, startProcess, type Started } from '#tests/helpers/process'

/** With a file of hosts of its own, which says where the service `web` is. */
const RUN = 'mount --bind "$0" /etc/hosts && exec caddy run --adapter caddyfile --config "$1"'

export function canProxy(): boolean {
  return NOBODY.uid !== undefined && spawnSync('which', ['caddy']).status === 0
}

/** The service `proxy` on this port; `web` is 127.0.0.2 and 127.0.0.3, both on `webPort`. */
export async function startProxy(folder: string, port: number, webPort: number): Promise<Started> {
  const [hosts, config] = [join(folder, 'hosts'), join(folder, 'Caddyfile')]
  const caddyfile = readFileSync(app.makePath('deploy/docker/Caddyfile'), 'utf8')
  const healthPort = await findFreePort()
  writeFileSync(
    config,
    caddyfile.replace('dynamic a web 8000', `dynamic a web ${webPort}`).replace(':8001', `:${healthPort}`)
  )
  writeFileSync(hosts, '127.0.0.1 localhost\n127.0.0.2 web\n127.0.0.3 web\n')
  return startProcess('unshare', ['--mount', 'sh', '-c', RUN, hosts, config], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, LAIM_SITE: `:${port}` },
  })
}

import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { eventually, runProcess, startProcess, type Started } from '#tests/helpers/process'
import { type BuiltImage } from './built_image.js'
import { DebianTree } from './debian_tree.js'

/** The release that has Compose 2, PostgreSQL 17 and Caddy. */
const DEBIAN = { release: 'trixie', packages: ['ca-certificates', 'postgresql-17', 'caddy', 'wget', 'docker-compose'] }

const COMPOSE = '/usr/libexec/docker/cli-plugins/docker-compose'

/** Does what the official image does with the variables that docker-compose.yml gives it. */
const POSTGRES = `#!/bin/sh
set -eu
data=/var/lib/postgresql/data
as() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
install -d -o postgres -g postgres -m 0700 "$data"
if [ ! -s "$data/PG_VERSION" ]; then
  install -o postgres -m 0400 "$POSTGRES_PASSWORD_FILE" /tmp/password
  as initdb -D "$data" -U "$POSTGRES_USER" --pwfile=/tmp/password -A scram-sha-256 -E UTF8 --locale=C.UTF-8
  echo 'host all all all scram-sha-256' >>"$data/pg_hba.conf"
  echo "create database \\"$POSTGRES_DB\\"" | as postgres --single -D "$data" postgres
fi
exec setpriv --reuid postgres --regid postgres --clear-groups postgres -D "$data" -c listen_addresses='*' -c unix_socket_directories=/tmp
`

const STAND_INS = {
  'postgres:17': `FROM debian
COPY postgres.sh /usr/local/bin/
ENV PATH=/usr/lib/postgresql/17/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
ENTRYPOINT ["postgres.sh"]
`,
  'caddy:2-alpine': `FROM debian
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
`,
}

/** What the network of containers is made of: a bridge, and the rewriting of addresses that their resolver needs. */
const NETWORK = 'ip link add laim type bridge && iptables -t nat -n -L'

/** A request from the machine that the engine runs on; prints status and body. */
const ASK = `const [url, init] = JSON.parse(process.argv[1])
const answer = await fetch(url, init)
console.log(JSON.stringify({ status: answer.status, text: await answer.text() }))`

/**
 * A Docker engine in a network of its own, which leads nowhere, and Debian's Compose. The images that no registry is needed
 * for are made of a Debian tree.
 */
export class DockerEngine {
  readonly #debian = new DebianTree()
  #engine: Started | null = null

  /** Why there can be none here, or null. */
  static lack(): string | null {
    const isThere = (program: string) => spawnSync('which', [program]).status === 0
    const lack = DebianTree.lack() ?? (['dockerd', 'docker'].every(isThere) ? null : 'docker.io is not installed')
    return lack ?? (spawnSync('unshare', ['--net', 'sh', '-c', NETWORK]).status === 0 ? null : 'cannot make a network')
  }

  async start(): Promise<void> {
    await this.#debian.install(DEBIAN)
    await runProcess('chroot', [this.#debian.root, 'useradd', '--uid', '1000', 'node'], this.#options())
    mkdirSync(this.#path('engine'))
    const flags = [
      '--bridge=none',
      '--iptables=false',
      `--host=${this.#socket}`,
      `--pidfile=${this.#path('engine/pid')}`,
    ]
    const folders = [`--data-root=${this.#path('engine/data')}`, `--exec-root=${this.#path('engine/run')}`]
    const inOwnNetwork = [
      '--net',
      'sh',
      '-c',
      'ip link set lo up && exec dockerd "$@"',
      'dockerd',
      ...flags,
      ...folders,
    ]
    this.#engine = startProcess('unshare', inOwnNetwork, this.#options())
    await eventually(() => this.#docker(['info']))
    await this.#importDebian()
    const context = this.#path('engine/context')
    mkdirSync(context)
    writeFileSync(join(context, 'postgres.sh'), POSTGRES, { mode: 0o755 })
    for (const [name, dockerfile] of Object.entries(STAND_INS)) {
      await this.#build(name, context, dockerfile)
    }
  }

  /** The last stage of the Dockerfile, with what its first stage makes. */
  async buildLaim(image: BuiltImage): Promise<void> {
    const dockerfile = readFileSync(app.makePath('deploy/docker/Dockerfile'), 'utf8')
    const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM ') + 1)
    writeFileSync(join(image.folder, '.dockerignore'), '*\n!app\n')
    await this.#build(
      'laim:local',
      image.folder,
      stage.replace(/^FROM .*$/m, 'FROM debian').replace('COPY --from=build /out', 'COPY app')
    )
  }

  /** Runs Compose in a folder that holds a compose file; answers what it printed. */
  compose(folder: string, words: readonly string[]): Promise<string> {
    const library = this.#path('usr/lib/x86_64-linux-gnu')
    const loader = this.#path('usr/lib64/ld-linux-x86-64.so.2')
    return runProcess(loader, ['--library-path', library, this.#path(COMPOSE), ...words], this.#options(folder))
  }

  async ask(url: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
    const args = ['--target', String(this.#engine!.child.pid), '--net', process.execPath, '--input-type=module']
    const printed = await runProcess('nsenter', [...args, '-e', ASK, JSON.stringify([url, init])], this.#options())
    return JSON.parse(printed)
  }

  async stop(): Promise<void> {
    await this.#engine?.stop()
    this.#debian.remove()
  }

  get #socket(): string {
    return `unix://${this.#path('engine/socket')}`
  }

  #path(name: string): string {
    return this.#debian.path(name)
  }

  #options(cwd = '/') {
    const env = { PATH: process.env.PATH, HOME: this.#path('engine'), DOCKER_HOST: this.#socket, DOCKER_BUILDKIT: '0' }
    return { cwd, env }
  }

  #docker(words: readonly string[]): Promise<string> {
    return runProcess('docker', words, this.#options())
  }

  async #importDebian(): Promise<void> {
    const args = [
      '-c',
      'tar -C "$0" --exclude=./engine --exclude=./proc -c . | docker import - debian',
      this.#debian.root,
    ]
    await runProcess('sh', args, this.#options())
  }

  async #build(name: string, folder: string, dockerfile: string): Promise<void> {
    writeFileSync(join(folder, 'Dockerfile'), dockerfile)
    await this.#docker(['build', '--quiet', '--network=none', '--tag', name, folder])
  }
}

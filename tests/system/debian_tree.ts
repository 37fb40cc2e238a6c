import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { NOBODY, runProcess, startProcess, type Started } from '#tests/helpers/process'
import { npmVariables } from './built_image.js'

/** Writes down how it was called; in a tree of files there is no systemd that could do anything. */
const SYSTEMCTL = '#!/bin/sh\necho "$*" >> /var/log/systemctl\n'

/** In a namespace of its own, so that the mount goes away with the process. */
const ENTER = 'mount -t proc proc "$0/proc" && exec chroot --userspec="$1" "$0" "${@:2}"'

/** A Debian in a folder, with the Node.js and the npm of the machine that the tests run on. */
export class DebianTree {
  readonly root = mkdtempSync(join(tmpdir(), 'laim-debian-'))

  /** Why there can be none here, or null. */
  static lack(): string | null {
    if (NOBODY.uid === undefined) {
      return 'needs root'
    }
    return spawnSync('which', ['debootstrap']).status === 0 ? null : 'debootstrap is not installed'
  }

  async install({ release = 'bookworm', packages = ['ca-certificates'] } = {}): Promise<void> {
    const args = ['--variant=minbase', `--include=${packages.join()}`, release, this.root]
    await runProcess('debootstrap', args, { cwd: '/', env: process.env })
    chmodSync(this.root, 0o755)

    const modules = this.path('/usr/local/lib/node_modules')
    mkdirSync(modules, { recursive: true })
    cpSync(npmFolder(), join(modules, 'npm'), { recursive: true, dereference: true })
    copyFileSync(process.execPath, this.path('/usr/local/bin/node'))
    this.#addProgram('npm', '#!/bin/sh\nexec node /usr/local/lib/node_modules/npm/bin/npm-cli.js "$@"\n')
    this.#addProgram('systemctl', SYSTEMCTL)
    this.#reachRegistry()
  }

  path(absolute: string): string {
    return join(this.root, absolute)
  }

  /** Runs in the tree; nothing of this process' environment is passed on. */
  start(words: readonly string[], env: Record<string, string>, user = 'root'): Started {
    return startProcess('unshare', ['--mount', 'bash', '-c', ENTER, this.root, user, ...words], {
      cwd: '/',
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', ...env },
    })
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }

  #addProgram(name: string, text: string): void {
    writeFileSync(this.path(join('/usr/local/bin', name)), text, { mode: 0o755 })
  }

  /** The resolver and the certificates of this machine. */
  #reachRegistry(): void {
    copyFileSync('/etc/resolv.conf', this.path('/etc/resolv.conf'))
    const { NODE_EXTRA_CA_CERTS: file } = npmVariables()
    if (file) {
      mkdirSync(dirname(this.path(file)), { recursive: true })
      copyFileSync(file, this.path(file))
    }
  }
}

function npmFolder(): string {
  const { stdout } = spawnSync('sh', ['-c', 'realpath "$(command -v npm)"'], { encoding: 'utf8' })
  return dirname(dirname(stdout.trim()))
}

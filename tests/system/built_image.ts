import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { NOBODY, runProcess } from '#tests/helpers/process'

const NPM_VARIABLE = /^(npm_config_registry|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS)$/i

/** What the steps of the image made of the committed files, without a container engine. */
export interface BuiltImage {
  /** Holds everything else; goes away with `remove`. */
  readonly folder: string
  /** The files that the steps began with. */
  readonly source: string
  /** What is /app in a container. */
  readonly app: string
  /** Environment of a process in it: Node.js 24 comes first on the path, and nothing of this process is passed on. */
  readonly environment: Record<string, string>
  remove(): void
}

/** Takes the steps of the Dockerfile in a clean folder, as a user without rights. */
export async function buildImage(): Promise<BuiltImage> {
  const folder = mkdtempSync(join(tmpdir(), 'laim-image-'))
  chmodSync(folder, 0o755)
  const [source, bin, home] = ['src', 'bin', 'home'].map((name) => join(folder, name)) as [string, string, string]
  for (const path of [source, bin, home]) {
    mkdirSync(path)
  }
  copyFileSync(process.execPath, join(bin, 'node'))
  copyCommittedFiles(source)
  if (NOBODY.uid !== undefined && NOBODY.gid !== undefined) {
    spawnSync('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, source, home])
    chownSync(folder, NOBODY.uid, NOBODY.gid)
  }

  const environment = { PATH: [bin, process.env.PATH].join(delimiter), HOME: home }
  const env = { ...environment, ...npmVariables(), npm_config_cache: join(home, 'cache') }
  try {
    await runProcess('deploy/docker/build.sh', [join(folder, 'app')], { cwd: source, env, ...NOBODY })
  } catch (error) {
    remove(folder)
    throw error
  }
  spawnSync('chmod', ['-R', 'a-w', join(folder, 'app')])
  return { folder, source, app: join(folder, 'app'), environment, remove: () => remove(folder) }
}

/** What npm must know of this machine to reach its registry. */
export function npmVariables(): Record<string, string> {
  const known = Object.entries(process.env).filter(([name]) => NPM_VARIABLE.test(name))
  return Object.fromEntries(known) as Record<string, string>
}

export function copyCommittedFiles(target: string): void {
  const copy = 'git ls-files -z | tar --null --no-recursion -T - -c | tar -x --no-same-owner -C "$0"'
  const { status, stderr } = spawnSync('sh', ['-c', copy, target], { cwd: app.makePath(), encoding: 'utf8' })
  if (status !== 0) {
    throw new Error(`the committed files cannot be copied: ${stderr}`)
  }
}

function remove(folder: string): void {
  spawnSync('chmod', ['-R', 'u+w', folder])
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

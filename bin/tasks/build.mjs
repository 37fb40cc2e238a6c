import { environment, inRoot, runNodeQuietly, say } from './process.mjs'
import { makeWhenChanged } from './stamp.mjs'

/** Everything that the production build is made of. */
const SOURCES = [
  'ace.js',
  'adonisrc.ts',
  'app',
  'bin',
  'config',
  'database',
  'package-lock.json',
  'plugins',
  'providers',
  'resources',
  'start',
  'tsconfig.json',
  'vite.config.ts',
]

/** What the browser gets is made of these alone. */
const ASSET_SOURCES = ['resources', 'package-lock.json', 'vite.config.ts']

const production = () => environment({ NODE_ENV: 'production' })

/** Makes `build/` from the sources, if they changed since the last time. */
export function run() {
  makeWhenChanged(
    inRoot('build/.sources'),
    SOURCES.map((path) => inRoot(path)),
    () => {
      say('building …')
      runNodeQuietly(['ace.js', 'build'], { env: production() })
    }
  )
}

/** Makes `public/assets/`, which pages need also when they are served from the sources. */
export function buildAssets() {
  makeWhenChanged(
    inRoot('public/assets/.sources'),
    ASSET_SOURCES.map((path) => inRoot(path)),
    () => {
      runNodeQuietly(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], { env: production() })
    }
  )
}

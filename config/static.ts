import { defineConfig } from '@adonisjs/static'

/**
 * What serve-static understands and the framework's types do not name: a folder is neither listed nor redirected to. Its
 * redirects repeat the address that was asked for, which may lead to another host.
 */
const FOLDERS = { redirect: false, index: false }

const staticServerConfig = defineConfig({
  ...FOLDERS,
  enabled: true,
  etag: true,
  lastModified: true,
  dotFiles: 'ignore',
})

export default staticServerConfig

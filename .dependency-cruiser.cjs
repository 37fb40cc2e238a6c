/** Who may import what. ARCHITECTURE.md shows the same as a picture. */
const APP = '^(app|plugins/(?!sdk/)|providers|start|config|database|tests)/'

module.exports = {
  forbidden: [
    {
      name: 'no-unresolvable',
      comment: 'An import that is not understood would make every other rule pass in silence.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-stands-alone',
      severity: 'error',
      from: { path: '^app/core/' },
      to: { path: APP, pathNot: '^app/core/' },
    },
    {
      name: 'core-knows-no-database-and-no-http',
      severity: 'error',
      from: { path: '^app/core/' },
      to: { path: 'node_modules/(@adonisjs/(lucid|auth|session|shield)|edge\\.js|undici|pg|better-sqlite3)/' },
    },
    {
      name: 'sdk-stands-alone',
      severity: 'error',
      from: { path: '^plugins/sdk/' },
      to: { path: APP },
    },
    {
      name: 'plugins-see-only-the-contract',
      severity: 'error',
      from: { path: '^plugins/(?!sdk/)([^/]+)/', pathNot: '/tests/' },
      to: { path: '^(app|plugins|providers|start|config|database|tests)/', pathNot: ['^plugins/sdk/', '^plugins/$1/'] },
    },
    {
      name: 'nothing-knows-a-plugin',
      severity: 'error',
      from: { path: '^(app|providers|start|database)/' },
      to: { path: '^plugins/(?!sdk/)' },
    },
    {
      name: 'services-know-no-http',
      severity: 'error',
      from: { path: '^app/services/' },
      to: { path: '^(app/(controllers|commands|middleware|validators|transformers)|start/(?!env))' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: { pathNot: '^app/models/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|tmp)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: '.depcruise.resolve.cjs' },
  },
}

import type { ApplicationService } from '@adonisjs/core/types'

/** Registers the source and its simulated peer; both are loaded when somebody asks for them. */
export default class LibrenmsProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.resolving('laim.sources', (sources) => {
      sources.register('librenms', () => import('./source.js').then((module) => module.default), {
        simulator: () => import('./simulator/main.js').then((module) => module.simulator),
        from: 'plugins/librenms',
      })
    })
  }
}

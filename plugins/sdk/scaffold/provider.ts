import type { ApplicationService } from '@adonisjs/core/types'

/** Registers the source and its simulated peer; both are loaded when somebody asks for them. */
export default class ExampleProvider {
  constructor(protected app: ApplicationService) {}

  register() {
    this.app.container.resolving('laim.sources', (sources) => {
      sources.register('example', () => import('./source.js').then((module) => module.default), {
        simulator: () => import('./simulator/main.js').then((module) => module.simulator),
        from: 'plugins/example',
      })
    })
  }
}

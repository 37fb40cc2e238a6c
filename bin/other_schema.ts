import { type BaseCommand } from '@adonisjs/core/ace'
import { type ApplicationService } from '@adonisjs/core/types'

/** Commands that find out themselves, or whose work is to mend it, by what they begin with. */
const MENDING = /^(doctor|backup:restore|migration:|db:|schema:)/

/** Commands that work on an older schema too. */
const PREPARING = /^(setup|backup:create|inventory:seed)$/

const WITHOUT_DATABASE = /^(lab:|make:|source:certify)/

/** Lets no server work on a database whose schema is newer. One that does not answer is the business of what follows. */
export function refuseNewerSchema(app: ApplicationService): void {
  app.starting(() => refuse(['newer']))
}

/** Lets no command work on a database whose schema is newer, or was not brought up to this version. */
export function refuseOtherSchema(app: ApplicationService): void {
  app.booted(async () => {
    if (app.getEnvironment() === 'console') {
      const kernel = await app.container.make('ace')
      kernel.executing((command) => inspect(command as BaseCommand))
    }
  })
}

async function inspect(command: BaseCommand): Promise<void> {
  const { commandName, options } = command.constructor as typeof BaseCommand
  if (options.startApp && !MENDING.test(commandName) && !WITHOUT_DATABASE.test(commandName)) {
    await refuse(PREPARING.test(commandName) ? ['newer'] : ['newer', 'older'])
  }
}

async function refuse(kinds: readonly string[]): Promise<void> {
  const { findSchemaFault } = await import('#services/operations/find_schema_fault')
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const fault = await findSchemaFault(db.connection()).catch(() => null)
  if (fault && kinds.includes(fault.kind)) {
    // At once: a command that stays alive would wait for ever for what it did not begin.
    console.error(`laim: ${fault.message}. ${fault.fix}`)
    process.exit(1)
  }
}

import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { BackupSchedule } from '#services/operations/backup_schedule'
import { FindRun } from '#services/sync/find_run'
import { SyncSchedule } from '#services/sync/sync_schedule'
import { SyncWorker } from '#services/sync/sync_worker'
import { WebhookWorker } from '#services/webhooks/webhook_worker'
import { runShape } from '#transformers/run_transformer'
import { toMessageBody } from '#transformers/webhook_transformer'

export default class SyncWork extends BaseCommand {
  static commandName = 'sync:work'
  static description = 'Execute queued and scheduled runs, serve webhooks and write backups, until stopped'
  static options: CommandOptions = { startApp: true, staysAlive: true }
  static help = [
    'Any number of workers may run beside the web server. SIGTERM ends a worker at the next safe point;',
    'a run under way is taken up again by the next worker.',
  ]

  @flags.boolean({ description: 'Print each run that was worked on as JSON on a line of its own' })
  declare json?: boolean

  @inject()
  async run(
    findRun: FindRun,
    worker: SyncWorker,
    schedule: SyncSchedule,
    webhooks: WebhookWorker,
    backups: BackupSchedule
  ) {
    const abort = new AbortController()
    const { promise: isDone, resolve: done } = Promise.withResolvers<void>()
    this.app.terminating(() => {
      abort.abort()
      return isDone
    })

    schedule.start()
    const isToldAll = webhooks.work(toMessageBody, abort.signal)
    const isBackedUp = backups.work(abort.signal)
    const excludedAddresses = this.app.config.get<readonly string[]>('sync.excludedAddresses')
    await worker.work({ signal: abort.signal, excludedAddresses }, async (id) => {
      if (this.json) {
        this.logger.log(JSON.stringify(runShape.toJson(await findRun.handle(id))))
      }
    })
    await schedule.stop()
    await isToldAll
    await isBackedUp
    done()
  }

  async completed() {
    return reportFault(this)
  }
}

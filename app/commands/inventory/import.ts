import { access, constants, stat } from 'node:fs/promises'
import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { COMMAND_LINE } from '#core/access/user_edit'
import { unreadable } from '#services/exchange/errors'
import { ImportAssets, type ImportOutcome } from '#services/exchange/import_assets'
import { importShape } from '#transformers/import_transformer'
import { importValidator, readImportRow } from '#validators/import'

/** A plan has rows that cannot be imported: a person must put them right. */
const NEEDS_A_PERSON = 2

export default class InventoryImport extends BaseCommand {
  static commandName = 'inventory:import'
  static description = 'Add and change items from a CSV file: all of it, or nothing'
  static options: CommandOptions = { startApp: true }
  static help = [
    'The first line names the columns as an export does. An empty cell empties, an absent column stays.',
    'Exit codes: 0 done, 1 failed, 2 the plan has bad rows, 3 wrong usage or a file that cannot be imported.',
    '{{ binaryName }} inventory:import items.csv --plan',
    '{{ binaryName }} inventory:import items.csv --key serial_number',
  ]

  @args.string({ description: 'The CSV file' })
  declare file: string

  @flags.boolean({ description: 'Only say what would change, and list every bad row' })
  declare plan?: boolean

  @flags.string({ description: 'How rows are recognised: asset_tag (the default), serial_number or id' })
  declare key?: string

  @flags.boolean({ description: 'Print the outcome as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(importAssets: ImportAssets) {
    const { key = 'asset_tag' } = await importValidator.validate({ key: this.key })
    const isFile = await access(this.file, constants.R_OK)
      .then(() => stat(this.file))
      .then((info) => info.isFile())
      .catch(() => false)
    if (!isFile) {
      throw unreadable('file', `${this.file} is no file that can be read`)
    }
    const request = { path: this.file, key, dryRun: this.plan ?? false, readRow: readImportRow }
    const outcome = await importAssets.handle(request, COMMAND_LINE)
    if (this.json) {
      this.logger.log(JSON.stringify(importShape.toJson(outcome)))
    } else {
      this.#print(outcome)
    }
    this.exitCode = outcome.counts.refused > 0 ? NEEDS_A_PERSON : 0
  }

  #print({ counts, faults, ignored }: ImportOutcome) {
    faults.forEach(({ message }) => this.logger.error(message))
    if (ignored.length > 0) {
      this.logger.info(`passed over: ${ignored.join(', ')}`)
    }
    const { created, updated, unchanged, refused } = counts
    const tense = this.plan ? 'would be ' : ''
    this.logger.info(`${tense}created ${created}, updated ${updated}, unchanged ${unchanged}, refused ${refused}`)
  }

  async completed() {
    return reportFault(this)
  }
}

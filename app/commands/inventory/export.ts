import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { inject } from '@adonisjs/core'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { writeWholeFile } from '#commands/_whole_file'
import { COMMAND_LINE } from '#core/access/user_edit'
import { codeOf } from '#database/faults'
import { ExportAssets } from '#services/search/export_assets'
import { toCsv, toJsonArray } from '#transformers/item_export'

export default class InventoryExport extends BaseCommand {
  static commandName = 'inventory:export'
  static description = 'Write the items as CSV or JSON'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Without a file the items go to standard output.',
    '{{ binaryName }} inventory:export > items.csv',
    '{{ binaryName }} inventory:export --json --output items.json',
  ]

  @flags.boolean({ description: 'Write one JSON array instead of CSV' })
  declare json?: boolean

  @flags.string({ description: 'The file to write' })
  declare output?: string

  @flags.string({ description: 'Only items that match these words' })
  declare search?: string

  @flags.boolean({ description: 'Deleted items too' })
  declare all?: boolean

  @inject()
  async run(exportAssets: ExportAssets) {
    const pages = await exportAssets.handle({ search: this.search, activeOnly: !this.all }, COMMAND_LINE)
    const pieces = Readable.from(this.json ? toJsonArray(pages) : toCsv(pages), { objectMode: false })
    if (this.output) {
      return writeWholeFile(this.output, pieces)
    }
    await pipeline(pieces, process.stdout, { end: false }).catch(passWhenUnread)
  }

  async completed() {
    return reportFault(this)
  }
}

/** Who read the output, such as `head`, had enough of it: that is no failure. */
function passWhenUnread(error: unknown): void {
  if (codeOf(error) !== 'EPIPE') {
    throw error
  }
}

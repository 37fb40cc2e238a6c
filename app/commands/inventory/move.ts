import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { MoveInventory } from '#services/transfer/move_inventory'
import { totalOf } from '#services/transfer/table_digest'
import { type DatabaseSettings, readDatabaseSettings } from '#start/environment/database_settings'

const WRONG_USAGE = 3

/** A line on a terminal is written anew after so many rows. */
const ROWS_A_LINE = 10_000

export default class InventoryMove extends BaseCommand {
  static commandName = 'inventory:move'
  static description = 'Copy everything into an empty database: from SQLite to PostgreSQL, or back'
  static options: CommandOptions = { startApp: true }
  static help = [
    'LAIM must be stopped, and the target must be empty. Its schema is made, every row is copied, then read back and',
    'compared. The database that is copied stays as it is; afterwards let DATABASE_URL name the new one. Everybody has to',
    'sign in again. To keep a password off the list of processes leave it out of the URL and set PGPASSWORD.',
    'Exit codes: 0 done, 1 refused or failed, 3 wrong usage.',
    '{{ binaryName }} inventory:move postgres://laim@db.example.org/laim',
  ]

  @args.string({ description: 'The target: postgres://… or sqlite:…' })
  declare url: string

  @flags.boolean({
    description: 'Print the rows and digests of each table as JSON, and nothing else, on standard output',
  })
  declare json?: boolean

  #moved = 0

  @inject()
  async run(moveInventory: MoveInventory) {
    const target = this.#readTarget()
    if (target === null) {
      return
    }
    const contents = await moveInventory.handle(target, (table, rows) => this.#progress(table, rows))
    this.#endLine()

    if (this.json) {
      this.logger.log(JSON.stringify({ moved: true, database: target.dialect, ...contents }))
      return
    }
    this.logger.success(
      `moved ${totalOf(contents)} rows of ${Object.keys(contents.counts).length} tables, read back and compared`
    )
    this.logger.info('Let DATABASE_URL name the new database, then start LAIM')
  }

  #readTarget(): DatabaseSettings | null {
    try {
      return readDatabaseSettings({ DATABASE_URL: this.url }, process.env.ENV_PATH ?? process.cwd())
    } catch (error) {
      this.logger.error((error as Error).message.replaceAll('DATABASE_URL=', '').replace('DATABASE_URL', 'The target'))
      this.exitCode = WRONG_USAGE
      return null
    }
  }

  #progress(table: string, rows: number) {
    const before = Math.floor(this.#moved / ROWS_A_LINE)
    this.#moved += rows
    if (process.stderr.isTTY && Math.floor(this.#moved / ROWS_A_LINE) > before) {
      process.stderr.write(`\r${this.#moved} rows, ${table}\u001B[K`)
    }
  }

  #endLine() {
    if (process.stderr.isTTY && this.#moved >= ROWS_A_LINE) {
      process.stderr.write('\r\u001B[K')
    }
  }

  async completed() {
    this.#endLine()
    return reportFault(this)
  }
}

import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { reportFault } from '#commands/_report_fault'
import { InvalidValue } from '#core/assets/errors'
import { formatMacAddress } from '#core/assets/mac_address'
import { ListAssets } from '#services/search/list_assets'
import { itemShape } from '#transformers/item_transformer'

const MOST = 1000

export default class AssetFind extends BaseCommand {
  static commandName = 'asset:find'
  static description = 'Search the inventory: any part of a name, serial, tag, place, address, model or vendor'
  static options: CommandOptions = { startApp: true }
  static help = [
    'Several words must all match. MAC addresses are found in any notation, and in part.',
    'Exit codes: 0 done, also when nothing matches, 1 failed, 3 wrong usage.',
    '{{ binaryName }} asset:find lab-sw 2265',
    '{{ binaryName }} asset:find 001b.213c --json',
  ]

  @args.spread({ description: 'What to look for', required: false })
  declare text?: string[]

  @flags.boolean({ description: 'Deleted items too' })
  declare deleted?: boolean

  @flags.number({ description: 'How many at most', default: 50 })
  declare limit: number

  @flags.boolean({ description: 'Print the items as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(listAssets: ListAssets) {
    const search = this.text?.join(' ').trim()
    if (!search) {
      throw new InvalidValue('text', 'Say what to look for', 'required')
    }
    if (!Number.isInteger(this.limit) || this.limit < 1 || this.limit > MOST) {
      throw new InvalidValue('limit', `The limit is a number from 1 to ${MOST}`, 'range')
    }
    const page = await listAssets.handle({ search, activeOnly: !this.deleted, sort: 'hostname', limit: this.limit })
    if (this.json) {
      this.logger.log(JSON.stringify(page.assets.map(itemShape.toJson)))
    } else {
      this.#print(page)
    }
  }

  async completed() {
    return reportFault(this)
  }

  #print({ assets, total }: Awaited<ReturnType<ListAssets['handle']>>) {
    if (assets.length === 0) {
      this.logger.info('Nothing matches')
      return
    }
    const table = this.ui.table().head(['Item', 'Hostname', 'Type', 'Serial', 'MAC', 'IP', 'Room', 'Presence'])
    for (const asset of assets) {
      table.row([
        String(asset.id),
        asset.isActive ? asset.hostname : `${asset.hostname} (deleted)`,
        asset.assetType,
        asset.serialNumber ?? '',
        asset.macAddress ? formatMacAddress(asset.macAddress) : '',
        asset.ipAddress ?? '',
        asset.room ?? '',
        asset.presence,
      ])
    }
    table.render()
    if (total.count > assets.length) {
      this.logger.info(
        `${assets.length} of ${total.count}${total.exact ? '' : ' or more'}: raise --limit to see the rest`
      )
    }
  }
}

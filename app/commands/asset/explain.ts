import { inject } from '@adonisjs/core'
import { args, BaseCommand, flags } from '@adonisjs/core/ace'
import { type CommandOptions } from '@adonisjs/core/types/ace'
import { readId } from '#commands/_read_id'
import { reportFault } from '#commands/_report_fault'
import { ExplainAsset, type FieldExplanation } from '#services/inventory/explain_asset'
import { FindAsset } from '#services/search/find_asset'
import { explanationShape } from '#transformers/explanation_transformer'
import { shownValue } from '#transformers/shown_value'

export default class AssetExplain extends BaseCommand {
  static commandName = 'asset:explain'
  static description = 'Say of each value of an item who gave it, since when, and what else was claimed'
  static options: CommandOptions = { startApp: true }
  static help = ['Exit codes: 0 done, 1 failed, 3 wrong usage.', '{{ binaryName }} asset:explain {item} --json']

  @args.string({ description: 'Id of the item', required: false })
  declare id?: string

  @flags.boolean({ description: 'Print the explanations as JSON, and nothing else, on standard output' })
  declare json?: boolean

  @inject()
  async run(findAsset: FindAsset, explainAsset: ExplainAsset) {
    const asset = await findAsset.handle(readId('item', this.id))
    const explanations = await explainAsset.handle(asset.id)
    if (this.json) {
      this.logger.log(JSON.stringify(explanations.map(explanationShape.toJson)))
      return
    }
    this.logger.log(`Item ${asset.id}, ${asset.hostname}${asset.isActive ? '' : ' (deleted)'}`)
    for (const explanation of explanations) {
      toLines(explanation).forEach((line) => this.logger.log(line))
    }
  }

  async completed() {
    return reportFault(this)
  }
}

/** One line for the value and who decided it, and one for each claim that lost. Nothing where nothing is known. */
function toLines({ field, value, winner, rule, since, runId, pin, claims }: FieldExplanation): string[] {
  if (value === null && claims.length === 0 && pin === null) {
    return []
  }
  const name = winner.kind === 'claim' ? `${winner.source} ${winner.nativeId}` : (winner.actor ?? 'nobody')
  const who = winner.kind === 'pin' ? `pinned by ${name} until ${pin!.until}` : `${name}, ${rule}`
  const why = pin?.reason ? ` (${pin.reason})` : ''
  const when = `${since === null ? '' : `, since ${since}`}${runId === null ? '' : `, run ${runId}`}`
  const head = `  ${field.padEnd(18)}${shownValue(field, value) ?? 'empty'}  [${who}${when}]${why}`
  const lost = claims.filter(({ used }) => !used)
  return [
    head,
    ...lost.map(
      (claim) =>
        `  ${''.padEnd(18)}${claim.source} ${claim.nativeId} says ${shownValue(field, claim.value) ?? 'empty'}: ${claim.why}`
    ),
  ]
}

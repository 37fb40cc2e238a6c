import { inject } from '@adonisjs/core'
import { type Actor } from '#core/assets/asset'
import { ImportRefused, type ImportFault } from '#services/exchange/errors'
import { ImportAssets, type ImportOutcome, type ImportRequest } from '#services/exchange/import_assets'

/** What became of a file: what it says or did, or why it cannot be imported. */
export type ImportAnswer =
  | { readonly kind: 'planned' | 'outdated'; readonly outcome: ImportOutcome }
  | { readonly kind: 'imported'; readonly outcome: ImportOutcome }
  | { readonly kind: 'refused'; readonly message: string; readonly faults: readonly ImportFault[] }

/** Plans the import of a file, or carries a plan out. A person puts bad rows right, so they are an answer here. */
@inject()
export class ImportFile {
  constructor(private importAssets: ImportAssets) {}

  async handle(request: ImportRequest, actor: Actor): Promise<ImportAnswer> {
    try {
      const outcome = await this.importAssets.handle(request, actor)
      return { kind: toKind(request, outcome), outcome }
    } catch (error) {
      if (error instanceof ImportRefused) {
        return { kind: 'refused', message: error.message, faults: error.faults }
      }
      throw error
    }
  }
}

function toKind({ dryRun, planHash }: ImportRequest, outcome: ImportOutcome): 'planned' | 'imported' | 'outdated' {
  if (dryRun) {
    return 'planned'
  }
  return planHash === undefined || planHash === outcome.planHash ? 'imported' : 'outdated'
}

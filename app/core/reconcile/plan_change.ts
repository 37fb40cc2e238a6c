import { type Pin } from './types.js'
import { type AssetIdentifier, type AssetView } from './asset_view.js'

/** One asset's part of a change set. `before` and `after` hold the touched fields only. */
export interface AssetChange {
  /** Null: the asset is created. */
  readonly assetId: number | null
  readonly action: 'create' | 'update' | 'link' | 'missing' | 'return' | 'delete' | 'restore' | 'merge'
  readonly before: Record<string, unknown>
  readonly after: Record<string, unknown>
  /** The whole row as it will be. */
  readonly view: AssetView
  /** Revision that the change was computed from; 0 for a new asset. */
  readonly baseRevision: number
  /** All identifiers of the asset as they will be. */
  readonly identifiers: readonly AssetIdentifier[]
  /** False when those in the database are the same. */
  readonly replacesIdentifiers: boolean
  readonly reason: string | null
  /** What taking the change back needs besides the fields: the pins that stood on them before. */
  readonly detail?: { readonly pins: readonly Pin[] }
}

/** The fields in which two views differ; null when they are equal. */
export function diffViews(before: AssetView | null, after: AssetView): Pick<AssetChange, 'before' | 'after'> | null {
  const changed: Pick<AssetChange, 'before' | 'after'> = { before: {}, after: {} }
  for (const field of Object.keys(after) as (keyof AssetView)[]) {
    const [was, is] = [before?.[field] ?? null, after[field]]
    if (was !== is) {
      changed.before[field] = was
      changed.after[field] = is
    }
  }
  return Object.keys(changed.after).length > 0 ? changed : null
}

/** Names what happened by the fields that changed. */
export function actionOf(before: AssetView | null, after: AssetView): AssetChange['action'] {
  if (before === null) {
    return 'create'
  }
  if (before.isActive !== after.isActive) {
    return after.isActive ? 'restore' : 'delete'
  }
  if (before.presence !== after.presence && before.presence !== 'unknown') {
    return after.presence === 'missing' ? 'missing' : 'return'
  }
  const fields = Object.keys(diffViews(before, after)?.after ?? {})
  const isOnlyLink = fields.every((field) => ['source', 'sourceRef', 'presence'].includes(field))
  return isOnlyLink ? 'link' : 'update'
}

/** True when the two sets hold the same identifiers with the same strength and origin. */
export function sameIdentifiers(a: readonly AssetIdentifier[], b: readonly AssetIdentifier[]): boolean {
  const text = (one: AssetIdentifier) => `${one.kind} ${one.value} ${one.strength} ${one.origin}`
  const known = new Set(a.map(text))
  return a.length === b.length && b.every((one) => known.has(text(one)))
}

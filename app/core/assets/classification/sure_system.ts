import { type AssetTypeName } from '#core/assets/asset_type'

/** Ids of operating systems by the type that all their devices have, separated by white space. */
export type SureTable = { readonly [Type in AssetTypeName]?: string }

/** Turns the tables round: the type by id of the operating system. */
export function toSureTypes(...tables: readonly SureTable[]): ReadonlyMap<string, AssetTypeName> {
  const types = new Map<string, AssetTypeName>()
  for (const table of tables) {
    for (const [type, ids] of Object.entries(table)) {
      for (const id of ids.trim().split(/\s+/)) {
        types.set(id.toLowerCase(), type as AssetTypeName)
      }
    }
  }
  return types
}

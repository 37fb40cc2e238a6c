import { type AssetValues } from '#core/assets/asset'
import { InvalidValue, ValueTaken } from '#core/assets/errors'
import { formatMacAddress } from '#core/assets/mac_address'
import { toSerialKey } from '#core/assets/serial_number'
import { bulkSql } from '#services/sync/store/bulk_sql'
import { selectRows, type SqlClient } from '#services/sync/store/sql_client'
import { apiName } from './check_values.js'

interface Holder {
  readonly id: number
  readonly hostname: string
}

interface UniqueValue {
  readonly field: 'serialNumber' | 'assetTag' | 'macAddress'
  readonly kind: 'serial' | 'asset_tag' | 'mac'
  /** As it is compared, and as people read it. */
  readonly value: string
  readonly shown: string
}

/** The values of an asset that no other active asset may carry. */
function uniqueValues({ serialNumber, assetTag, macAddress }: Partial<AssetValues>): UniqueValue[] {
  const values: UniqueValue[] = []
  if (serialNumber) {
    values.push({ field: 'serialNumber', kind: 'serial', value: toSerialKey(serialNumber), shown: serialNumber })
  }
  if (assetTag) {
    values.push({ field: 'assetTag', kind: 'asset_tag', value: assetTag.toUpperCase(), shown: assetTag })
  }
  if (macAddress) {
    values.push({ field: 'macAddress', kind: 'mac', value: macAddress, shown: formatMacAddress(macAddress) })
  }
  return values
}

/** The active asset that carries each of these values in its own right, as `kind value`. */
export async function findHolders(
  client: SqlClient,
  values: readonly Pick<UniqueValue, 'kind' | 'value'>[]
): Promise<Map<string, Holder>> {
  if (values.length === 0) {
    return new Map()
  }
  const rows = await selectRows<Holder & { kind: string; value: string }>(
    client,
    `select w.kind, w.value, a.id, a.hostname
     from ${bulkSql(client).rows('w', { kind: 'text', value: 'text' })}
     cross join asset_identifiers i
     cross join assets a
     where i.kind = w.kind and i.value = w.value and a.id = i.asset_id and a.is_active
       and (i.strength = 'strong' or a.mac_address = i.value)
     order by a.id desc`,
    [JSON.stringify(values.map(({ kind, value }) => ({ kind, value })))]
  )
  return new Map(rows.map(({ kind, value, id, hostname }) => [`${kind} ${value}`, { id, hostname }]))
}

/**
 * Judges the values of many assets that are written together as `checkValues` judges those of one. What an accepted
 * asset takes is taken for those after it, what it gives up is free.
 */
export class TakenValues {
  private constructor(
    private readonly holders: Map<string, Holder>,
    private readonly names: { readonly assetType: ReadonlySet<string>; readonly room: ReadonlySet<string> }
  ) {}

  static async load(client: SqlClient, wanted: readonly Partial<AssetValues>[]): Promise<TakenValues> {
    const names = async (table: string) => {
      const rows = await selectRows<{ name: string }>(client, `select name from ${table}`)
      return new Set(rows.map(({ name }) => name))
    }
    const holders = await findHolders(client, wanted.flatMap(uniqueValues))
    return new TakenValues(holders, { assetType: await names('asset_types'), room: await names('rooms') })
  }

  /** Assets that are not written yet have negative ids. @throws InvalidValue, ValueTaken */
  check(values: Partial<AssetValues>, ownId: number): void {
    for (const field of ['assetType', 'room'] as const) {
      const name = values[field]
      if (name && !this.names[field].has(name)) {
        throw new InvalidValue(apiName(field), `There is no ${apiName(field)} "${name}"`, 'exists')
      }
    }
    for (const { field, kind, value, shown } of uniqueValues(values)) {
      const holder = this.holders.get(`${kind} ${value}`)
      if (holder && holder.id !== ownId && holder.id < 0) {
        const message = `${apiName(field)} ${shown} is on another row already (${holder.hostname})`
        throw new InvalidValue(apiName(field), message, 'unique')
      }
      if (holder && holder.id !== ownId) {
        throw new ValueTaken(apiName(field), shown, holder)
      }
    }
  }

  /** Remembers what an accepted asset carries from now on. */
  take(former: Partial<AssetValues>, view: AssetValues, holder: Holder): void {
    for (const { kind, value } of uniqueValues(former)) {
      if (this.holders.get(`${kind} ${value}`)?.id === holder.id) {
        this.holders.delete(`${kind} ${value}`)
      }
    }
    for (const { kind, value } of uniqueValues(view)) {
      this.holders.set(`${kind} ${value}`, holder)
    }
  }
}

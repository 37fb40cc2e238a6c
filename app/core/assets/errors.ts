import { Exception } from '@adonisjs/core/exceptions'

/** One fault of one input field. `field` is the API's name of it. */
export interface FieldFault {
  readonly field: string
  readonly message: string
  readonly rule: string
}

/** There is no asset with this id. */
export class AssetNotFound extends Exception {
  static status = 404
  static code = 'E_ASSET_NOT_FOUND'
  constructor(id: number | string) {
    super(`There is no item ${id}`)
  }
}

/** Items have no field of this name. `GET /api/items/{id}/explain` lists those that they have. */
export class FieldNotFound extends Exception {
  static status = 404
  static code = 'E_FIELD_NOT_FOUND'
  constructor(name: string) {
    super(`Items have no field ${name}`)
  }
}

/** Another active asset holds a value that must be unique. The caller shows `assetId` so that a person can open it. */
export class ValueTaken extends Exception {
  static status = 409
  static code = 'E_VALUE_TAKEN'
  readonly assetId: number
  readonly faults: readonly FieldFault[]
  constructor(field: string, value: string, holder: { id: number; hostname: string }) {
    const message = `${field} ${value} is already on item ${holder.id} (${holder.hostname})`
    super(message)
    this.assetId = holder.id
    this.faults = [{ field, message, rule: 'unique' }]
  }
}

/** The asset is part of another one since they were merged: split it off that one, or take the merge back. */
export class AssetMerged extends Exception {
  static status = 409
  static code = 'E_ASSET_MERGED'
  readonly assetId: number
  constructor(id: number, survivorId: number) {
    super(`Item ${id} was merged into item ${survivorId}: split it off there, or take the merge back`)
    this.assetId = survivorId
  }
}

/** The asset changed since the caller read it: read it again and decide. */
export class StaleRevision extends Exception {
  static status = 412
  static code = 'E_STALE_REVISION'
  constructor(id: number, current: number) {
    super(`Item ${id} changed since you read it (its revision is ${current} now)`)
  }
}

/** Input that no validator of shapes can judge, such as the name of a room that does not exist. */
export class InvalidValue extends Exception {
  static status = 422
  static code = 'E_INVALID_VALUE'
  readonly faults: readonly FieldFault[]
  constructor(field: string, message: string, rule: string) {
    super(message)
    this.faults = [{ field, message, rule }]
  }
}

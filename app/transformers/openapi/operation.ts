import { type Permission } from '#core/access/permissions'
import { type JsonSchema } from '../shape.js'

/** The part of a validator that the document needs: what it reads, as JSON Schema. */
export interface InputDescription {
  toJSONSchema(): object
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What one operation of the API promises. Its route and its place in the OpenAPI document are made from this. */
export interface OperationDescription {
  readonly summary: string
  /** Null: everybody, without signing in. */
  readonly can: Permission | null
  readonly query?: InputDescription
  readonly body?: InputDescription
  /** The fields of a form beside its `file`; such an operation has no JSON body. */
  readonly upload?: InputDescription
  /** The status of success, and what the body then holds: a shape, a list of it, or nothing. */
  readonly answers: Answer
  /** The other success: what is large is left to a worker. */
  readonly later?: Answer
  /** The faults that this operation has beside those that all have. */
  readonly faults?: readonly number[]
  /** The answer holds a secret: it is not kept, and a repeated request is refused. */
  readonly isSecret?: boolean
}

/** True when a repeated request is recognised by its `Idempotency-Key`. */
export function isRepeatable({ method, can }: OperationDescription & { method: Method }) {
  return method === 'POST' && can !== null
}

interface Answer {
  readonly status: 200 | 201 | 202 | 204
  readonly of?: { readonly name: string; readonly schema: JsonSchema }
  readonly list?: boolean
  /** The type of a body that is no JSON. */
  readonly type?: string
}

export interface Operation extends OperationDescription {
  readonly method: Method
  /** As in OpenAPI: `/api/items/{id}`. */
  readonly path: string
  readonly name: string
}

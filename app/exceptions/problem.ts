import { STATUS_CODES } from 'node:http'
import { Exception } from '@adonisjs/core/exceptions'
import { errors as httpErrors } from '@adonisjs/core/http'
import { errors as vineErrors } from '@vinejs/vine'
import { type FieldFault } from '#core/assets/errors'
import { findDatabaseFault } from './database_fault.js'

/**
 * An error as RFC 9457 writes it, without `request_id`, which the handler
 * adds. `item_id` is the item that holds a taken value, `sync_id` the run that
 * is in the way.
 */
export interface Problem {
  type: 'about:blank'
  title: string
  status: number
  detail: string
  code: string
  errors?: FieldFault[]
  item_id?: number
  sync_id?: number
  /** Seconds until it is worth trying again; goes into the header Retry-After. */
  retryAfter?: number
}

/** A body of a million wrong names must not be answered by ten times as much. */
const MOST_FAULTS = 100
const MOST_SENTENCES = 20
const LONGEST_NAME = 200

/** What is said where the error's own words are for the log, or are missing. */
const FALLBACKS: Record<number, { code: string; detail: string }> = {
  400: { code: 'E_MALFORMED_REQUEST', detail: 'The request is malformed: its body is not what its content type says' },
  401: { code: 'E_NOT_SIGNED_IN', detail: 'Sign in first' },
  403: { code: 'E_FORBIDDEN', detail: 'This is not allowed' },
  404: { code: 'E_NOT_FOUND', detail: 'There is nothing at this address' },
  408: { code: 'E_REQUEST_TIMEOUT', detail: 'The request took too long to arrive' },
  413: { code: 'E_REQUEST_TOO_LARGE', detail: 'The body is too large' },
  415: { code: 'E_UNSUPPORTED_MEDIA_TYPE', detail: 'The body is of a type or encoding that is not read here' },
  422: { code: 'E_VALIDATION', detail: 'The input is invalid' },
  500: {
    code: 'E_INTERNAL',
    detail: 'The server could not do this; its log says why, under the id in request_id',
  },
}

/** Problem document for whatever was thrown. Messages of unknown errors never get into it. */
export function toProblem(error: unknown): Problem {
  if (error instanceof vineErrors.E_VALIDATION_ERROR) {
    return invalidInput(error.messages)
  }
  if (error instanceof httpErrors.E_ROUTE_NOT_FOUND) {
    return fallback(404)
  }

  const status = readNumber(error, 'status') ?? 500
  if (error instanceof Exception && status < 500 && error.code !== 'E_REQUEST_ENTITY_TOO_LARGE') {
    return { ...fallback(status), ...ownWords(error) }
  }
  return status < 500 ? fallback(status) : (findDatabaseFault(error) ?? fallback(500))
}

/** A problem with the status' own title, and the words of LAIM for it. */
function fallback(status: number): Problem {
  const known = FALLBACKS[status] ?? { code: 'E_REFUSED', detail: 'The request was refused' }
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail: known.detail, code: known.code }
}

function invalidInput(messages: readonly FieldFault[]): Problem {
  const faults = messages.slice(0, MOST_FAULTS).map(toFault)
  const sentences = faults.slice(0, MOST_SENTENCES).map(({ message }) => message)
  return { ...fallback(422), detail: sentences.join('. '), errors: faults }
}

/** The body as a whole has no name of its own: the validators call it by none. */
function toFault({ field, message, rule }: FieldFault): FieldFault {
  return field === '' && rule === 'object'
    ? { field: 'body', message: 'The body must be a JSON object', rule }
    : { field: field.slice(0, LONGEST_NAME), message: message.slice(0, LONGEST_NAME * 2), rule }
}

/** What an error of LAIM or of AdonisJS says about itself. */
function ownWords(error: Exception): Partial<Problem> {
  const faults = 'faults' in error ? (error.faults as FieldFault[]) : undefined
  return {
    ...(error.message && { detail: error.message }),
    ...(error.code && { code: error.code }),
    ...(faults && { errors: faults }),
    ...withNumber('item_id', readNumber(error, 'assetId')),
    ...withNumber('sync_id', readNumber(error, 'runId')),
    ...withNumber('retryAfter', readNumber(error, 'retryAfter')),
  }
}

function withNumber(name: 'item_id' | 'sync_id' | 'retryAfter', value: number | undefined): Partial<Problem> {
  return value === undefined ? {} : { [name]: value }
}

function readNumber(from: unknown, name: string): number | undefined {
  const value = typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined
  return typeof value === 'number' ? value : undefined
}

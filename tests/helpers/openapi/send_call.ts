import { findContradictions } from '#tests/helpers/json_schema'
import { sendRaw, type RawAnswer } from '#tests/helpers/raw_request'
import { type PreparedCall } from './call_arbitrary.js'

/** What only a program says of itself: frames of a stack, statements and the databases' own words. */
const LEAK = /\bat .{0,80}\.[jt]s:\d+|node_modules|\bSQLITE_|sqlite3?error|syntax error at|\bselect\b.+\bfrom\b|knex/i

export interface Judged {
  readonly status: number
  /** As sentences: everything about the answer that the document does not promise. */
  readonly faults: readonly string[]
}

/** Sends a request and judges the answer by the document. */
export async function sendCall(prepared: PreparedCall, token: string, document: object): Promise<Judged> {
  const { call, expected } = prepared
  const answer = await send(prepared, token)
  const at = `${call.method} ${call.path}`
  const described = call.responses[answer.status]
  if (answer.status >= 500 || !described) {
    return { status: answer.status, faults: [`${at} answers ${answer.status}: ${answer.text.slice(0, 300)}`] }
  }
  const faults = [
    ...bodyFaults(answer, described.content ?? {}, at, document),
    ...(answer.status === 422 ? namelessFaults(answer, at) : []),
    ...(LEAK.test(answer.text) && answer.status >= 400 ? [`${at} says too much: ${answer.text.slice(0, 300)}`] : []),
    ...(expected ? missedFault(answer, expected, at) : []),
  ]
  return { status: answer.status, faults }
}

function send({ call, path, query, headers: given, body }: PreparedCall, token: string): Promise<RawAnswer> {
  const address = call.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(path[name]) || '%20')
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
  const search = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encode(value)}`).join('&')
  const more = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
  const headers = { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json', ...more }
  return sendRaw(call.method, search ? `${address}?${search}` : address, headers, bodyOf(call.bodyType, body))
}

function bodyOf(type: string | null, body: unknown): string | undefined {
  return type === null ? undefined : JSON.stringify(body)
}

/** As text of an address. Half a surrogate pair has no such form. */
function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const encoded = encodeURIComponent(text.slice(0, 3000).toWellFormed())
  return /^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%2e') + 'x' : encoded
}

function bodyFaults(
  { status, headers, text }: RawAnswer,
  content: Record<string, { schema: object }>,
  at: string,
  document: object
): string[] {
  const type = headers.get('content-type')?.split(';')[0] ?? null
  const [expectedType = null, described] = Object.entries(content)[0] ?? []
  if (expectedType === null) {
    return text === '' ? [] : [`${at} answers ${status} with a body: ${text.slice(0, 100)}`]
  }
  if (type !== expectedType) {
    return [`${at} answers ${status} as ${type} instead of ${expectedType}`]
  }
  if (!expectedType.endsWith('json')) {
    return []
  }
  return findContradictions(JSON.parse(text), described!.schema, `${at} ${status}`, document)
}

interface Fault {
  readonly field: string
  readonly rule: string
  readonly message: string
}

function namelessFaults({ body, text }: RawAnswer, at: string): string[] {
  const faults = (body.errors ?? []) as Fault[]
  const isGood = ({ field, rule, message }: Fault) => rule && message && (field !== '' || rule === 'unknown')
  const isNamed = faults.length > 0 && faults.every(isGood)
  return isNamed ? [] : [`${at} names no field and rule: ${text.slice(0, 300)}`]
}

function missedFault(answer: RawAnswer, { field, value }: { field: string; value: unknown }, at: string): string[] {
  const faults = (answer.body.errors ?? []) as Fault[]
  const isNamed = faults.some((fault) => fault.field === field || fault.field.startsWith(`${field}.`))
  const given = JSON.stringify(value)?.slice(0, 80)
  return answer.status === 422 && isNamed
    ? []
    : [`${at} does not refuse ${field}=${given}: ${answer.status} ${answer.text.slice(0, 200)}`]
}

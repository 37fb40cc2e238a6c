import { sendRaw } from '#tests/helpers/raw_request'
import {
  describedCalls,
  type DescribedCall,
  type DescribedInput,
  type OpenapiDocument,
} from '#tests/helpers/openapi/described_calls'
import { type ProbeAnswer } from './probe_sql.js'

/** One place of the API into which text can be put. */
export interface SqlInput {
  readonly name: string
  readonly send: (payload: string, token: string) => Promise<ProbeAnswer>
}

/** What else such a request needs to get past the first refusal. */
const FITTING: Readonly<Record<string, unknown>> = {
  hostname: 'probe',
  item_type: 'Switch',
  source: 'nothing',
  name: 'probe',
  password: 'a password long enough',
  current_password: 'a wrong password',
  new_password: 'a password long enough',
  role: 'viewer',
  verdict: 'later',
  into: 1,
  records: [1],
  plan_hash: 'none',
  ids: [1],
  id: 1,
  field: 'hostname',
  url: 'https://hooks.example.org/laim',
}

let made = 0

/** A value for an input that is not the one under test; names of accounts must be new each time. */
function fittingValue(name: string): unknown {
  made += 1
  return { ...FITTING, username: `probe-${made}`, email: `probe-${made}@example.org` }[name]
}

/** Every input of every operation. Those that all lists share are taken once. */
export function sqlInputs(document: OpenapiDocument): SqlInput[] {
  const seen = new Set<string>()
  return (
    describedCalls(document)
      .filter(({ path, bodyType }) => path !== '/api/logout' && bodyType !== 'multipart/form-data')
      .flatMap((call) => call.inputs.map((input) => ({ call, input })))
      .filter(({ call, input }) => {
        const isShared = ['limit', 'Idempotency-Key'].includes(input.name)
        const key = isShared ? input.name : `${call.method} ${call.path} ${input.name}`
        return !seen.has(key) && seen.add(key)
      })
      // What is written would be found by what is read after it.
      .sort((one, other) => Number(one.call.method !== 'GET') - Number(other.call.method !== 'GET'))
      .map(({ call, input }) => ({
        name: `${call.method} ${call.path} ${input.in} ${input.name}`,
        send: (payload, token) => send(call, input, payload, token),
      }))
  )
}

function send(call: DescribedCall, target: DescribedInput, payload: string, token: string): Promise<ProbeAnswer> {
  const values = call.inputs.map((input) => ({
    ...input,
    value: input === target ? payload : input.required ? fittingValue(input.name) : undefined,
  }))
  const given = (place: DescribedInput['in']) => values.filter((one) => one.in === place && one.value !== undefined)

  const path = given('path').reduce(
    (left, { name, value }) => left.replace(`{${name}}`, encodeURIComponent(String(value))),
    call.path
  )
  const query = given('query').map(({ name, value }) => `${name}=${encodeURIComponent(String(value))}`)
  const body = Object.fromEntries(given('body').map(({ name, value }) => [name, value]))
  const headers = given('header').map(({ name, value }) => [name, String(value)])
  return sendRaw(
    call.method,
    query.length > 0 ? `${path}?${query.join('&')}` : path,
    { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json', ...Object.fromEntries(headers) },
    call.bodyType === null ? undefined : JSON.stringify(body)
  )
}

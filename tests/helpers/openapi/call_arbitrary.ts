import fc from 'fast-check'
import { type DescribedCall, type DescribedInput } from './described_calls.js'
import { brokenValues, fittingValue, HOSTILE_HEADERS, hostileValue } from './input_values.js'

/** One request that is to be sent. Query values that are lists are repeated. */
export interface PreparedCall {
  readonly call: DescribedCall
  readonly path: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
  /** What the answer must complain about; null: any answer that the document knows will do. */
  readonly expected: { readonly field: string; readonly value: unknown } | null
}

type Chosen = Readonly<Record<string, unknown>>

type Place = DescribedInput['in']

const PLACES = ['path', 'query', 'header', 'body'] as const

/** Requests as the document wants them, as far as it says. */
export function fittingCall(calls: readonly DescribedCall[], ids: readonly number[]): fc.Arbitrary<PreparedCall> {
  // A cursor is another answer's: none that is made up fits.
  const isKept = ({ name }: DescribedInput) => name !== 'cursor'
  return fc
    .constantFrom(...calls)
    .chain((call) =>
      fc
        .tuple(...PLACES.map((place) => chosen(call, place, isKept, (input) => fittingValue(input, ids))))
        .map(([path, query, headers, body]) => prepare(call, path, query, headers, body))
    )
}

/** Requests with anything in them: fitting, hostile, missing and unknown inputs in any mixture. */
export function anyCall(calls: readonly DescribedCall[], ids: readonly number[]): fc.Arbitrary<PreparedCall> {
  const anyValue = (input: DescribedInput) =>
    fc.oneof({ weight: 4, arbitrary: fittingValue(input, ids) }, { weight: 1, arbitrary: hostileInput(input) })
  return fc.constantFrom(...calls).chain((call) =>
    fc
      .tuple(
        fc.tuple(...PLACES.map((place) => chosen(call, place, () => true, anyValue))),
        fc.option(fc.constantFrom('no_such_field', '__proto__', 'a[b][c]', 'id', 'role'), { freq: 8 }),
        fc.option(hostileValue({}), { freq: 30 })
      )
      .map(([[path, query, headers, body], unknown, wholeBody]) => {
        const named = unknown === null ? {} : { [unknown]: 'x' }
        const parameters = { ...query, ...(call.bodyType ? {} : named) }
        return prepare(call, path, parameters, headers, wholeBody ?? { ...body, ...named })
      })
  )
}

function prepare(call: DescribedCall, path: Chosen = {}, query: Chosen = {}, headers: Chosen = {}, body: unknown) {
  return { call, path, query, headers, body, expected: null }
}

/** What has to be given of one place, and some of what may be. */
function chosen(
  call: DescribedCall,
  place: Place,
  isKept: (input: DescribedInput) => boolean,
  valueOf: (input: DescribedInput) => fc.Arbitrary<unknown>
): fc.Arbitrary<Chosen> {
  const inputs = call.inputs.filter((input) => input.in === place && isKept(input))
  const values = inputs.map((input): [string, fc.Arbitrary<unknown>] => [input.name, valueOf(input)])
  const requiredKeys = inputs.filter(({ required }) => required).map(({ name }) => name)
  return fc.record(Object.fromEntries(values), { requiredKeys })
}

function hostileInput({ in: place, schema }: DescribedInput): fc.Arbitrary<unknown> {
  return place === 'header' ? fc.constantFrom(...HOSTILE_HEADERS) : hostileValue(schema)
}

/** Requests in which exactly one input is wrong for certain, which the answer must name. */
export function singleFaults(calls: readonly DescribedCall[], ids: readonly number[]): fc.Arbitrary<PreparedCall> {
  const faults = calls.flatMap((call) =>
    call.inputs
      .filter((input) => input.in === 'query' || input.in === 'body')
      .flatMap((input) => wrongValues(input).map((value) => ({ call, input, value })))
  )
  return fc.constantFrom(...faults).chain(({ call, input, value }) => {
    const needed = call.inputs.filter((one) => one !== input && one.required)
    const values = needed.map((one): [string, fc.Arbitrary<unknown>] => [one.name, fittingValue(one, ids)])
    return fc.record(Object.fromEntries(values)).map((others) => {
      const given = value === undefined ? {} : { [input.name]: value }
      const pick = (place: Place) =>
        Object.fromEntries(needed.filter((one) => one.in === place).map((one) => [one.name, others[one.name]]))
      return {
        call,
        path: pick('path'),
        query: { ...pick('query'), ...(input.in === 'query' ? given : {}) },
        headers: {},
        body: { ...pick('body'), ...(input.in === 'body' ? given : {}) },
        expected: { field: input.name, value },
      }
    })
  })
}

/** A query carries text: numbers and words arrive as the same letters. Undefined means left out. */
function wrongValues({ in: place, required, schema }: DescribedInput): unknown[] {
  const broken = brokenValues(schema)
  if (place === 'body') {
    return required ? [...broken, undefined] : broken
  }
  const isText = [schema.type].flat().includes('string')
  const takesList = [schema.type].flat().includes('array')
  return broken.filter((value) =>
    isText ? typeof value === 'string' : typeof value !== 'object' && !(takesList && typeof value !== 'object')
  )
}

import { SourceError, type JsonObject } from '@laim/sdk'
import type { Answer } from './exchange.js'
import { JsonArrayReader, UnreadableJson } from './json_array_reader.js'
import { declaredType, isMarkup } from './json_body.js'
import type { HttpLimits } from './limits.js'
import { cutOff } from './transport_faults.js'

/**
 * The elements of one array of an answer, as they arrive.
 *
 * @throws SourceError `bad_payload` when the array is not there, the text is not JSON or ends early, or the stretch
 * between two elements exceeds the cap. Elements yielded before stay good.
 */
export async function* readItems<T>(
  answer: Answer,
  arrayPath: string,
  limits: HttpLimits,
  onEnvelope?: (fields: JsonObject) => void
): AsyncGenerator<T> {
  const reader = new JsonArrayReader(arrayPath === '' ? [] : arrayPath.split('.'))
  const decoder = new TextDecoder()
  const { requestName } = answer
  let received = 0
  let sinceElement = 0

  for await (const chunk of answer.chunks(limits.maxStreamedBytes)) {
    const text = decoder.decode(chunk, { stream: true })
    if (received === 0 && isMarkup(text)) {
      throw notJson(`expected JSON, got ${declaredType(answer, 'text/html')} (at ${requestName})`)
    }
    received += chunk.length
    sinceElement += chunk.length

    for (const element of push(reader, text, answer)) {
      sinceElement = 0
      yield element as T
    }
    if (sinceElement > limits.maxElementBytes) {
      const limit = `${Math.floor(limits.maxElementBytes / 1024)} KiB`
      throw badPayload('E_SOURCE_TOO_LARGE', `one element of the answer is larger than ${limit} (at ${requestName})`)
    }
  }

  if (received === 0) {
    throw notJson(`expected JSON, got an empty answer (at ${requestName})`)
  }
  if (reader.hasBegun && !reader.isComplete) {
    throw new SourceError(cutOff(received, requestName))
  }
  if (!reader.isFound) {
    throw badPayload('E_SOURCE_SHAPE', `the answer has no array "${arrayPath}" (at ${requestName})`)
  }
  onEnvelope?.(reader.envelope)
}

function push(reader: JsonArrayReader, text: string, answer: Answer): unknown[] {
  try {
    return reader.push(text)
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error
    const type = declaredType(answer, '')
    throw notJson(
      type && !reader.isFound
        ? `expected JSON, got ${type} (at ${answer.requestName})`
        : `the answer ${error.message} (at ${answer.requestName})`
    )
  }
}

function notJson(message: string): SourceError {
  return badPayload('E_SOURCE_NOT_JSON', message)
}

function badPayload(code: string, message: string): SourceError {
  return new SourceError({ kind: 'bad_payload', code, message })
}

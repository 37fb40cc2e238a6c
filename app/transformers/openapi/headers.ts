import { isRepeatable, type Operation } from './operation.js'

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'For 24 hours a repeated request with the same key and body does nothing and gets the first answer; 409 where that held a secret.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag of the item as it was read: when it changed since, the request is refused with 412.',
  schema: { type: 'string' },
  example: '"17-3"',
}

/** The headers that an operation heeds, as parameters. */
export function toHeaderParameters(operation: Operation): object[] {
  return [...(isRepeatable(operation) ? [IDEMPOTENCY_KEY] : []), ...(operation.faults?.includes(412) ? [IF_MATCH] : [])]
}

/** The headers of a success beside those of every answer. */
export function toAnswerHeaders({ method, answers, can, query }: Operation): Record<string, object> {
  const isPaged = answers.list === true && query !== undefined && hasCursor(query.toJSONSchema())
  return {
    'X-Request-Id': toHeader('Names the request in the log and in problems.'),
    ...(isPaged && {
      'Link': toHeader('`<address>; rel="next"`: where the next page is. Absent on the last one.'),
      'X-Total-Count': toHeader('How many rows there are; `10000+` for more than that.'),
    }),
    ...(answers.of?.name === 'Item' && !answers.list && { ETag: toHeader('The item as it is now, for If-Match.') }),
    ...((answers.status === 201 || answers.status === 202) && { Location: toHeader('Where to read on, if anywhere.') }),
    ...(method !== 'GET' &&
      (can === 'asset.write' || can === 'sync.trigger') && {
        'X-Change-Id': toHeader('The change set that was made, if anything was written.'),
      }),
  }
}

function toHeader(description: string) {
  return { description, schema: { type: 'string' } }
}

function hasCursor(schema: object): boolean {
  return 'properties' in schema && 'cursor' in (schema.properties as object)
}

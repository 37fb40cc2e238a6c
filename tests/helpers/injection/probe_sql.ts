import { BOOLEANS, DATABASE_WORDS, delays, ERRORS, MARK, STACKED, UNIONS } from './sql_payloads.js'

/** What a server said to a payload. */
export interface ProbeAnswer {
  readonly status: number
  readonly text: string
}

export type Ask = (payload: string) => Promise<ProbeAnswer>

type Technique = 'boolean' | 'error' | 'union' | 'time'

export interface Suspicion {
  readonly technique: Technique
  readonly payload: string
  readonly answer: string
}

const DELAY_MS = 400
const TRIES = 3

export interface Effort {
  readonly isPostgres: boolean
  /** All payloads, or the first half of each list: they differ in the quotes and brackets around. */
  readonly isThorough: boolean
}

/** Sends payloads into one input and answers what looks as if SQL was executed. */
export async function probeSql(ask: Ask, { isPostgres, isThorough }: Effort): Promise<Suspicion[]> {
  const some = <T>(payloads: readonly T[]) => payloads.slice(0, isThorough ? undefined : Math.ceil(payloads.length / 2))
  const found: Suspicion[] = []
  for (const [truth, lie] of some(BOOLEANS)) {
    const [one, other] = [await ask(truth), await ask(lie)]
    if (one.status !== other.status || meaningOf(one, truth) !== meaningOf(other, lie)) {
      found.push({ technique: 'boolean', payload: truth, answer: describe(one) })
    }
  }
  for (const payload of [...some(ERRORS), ...STACKED]) {
    const answer = await ask(payload)
    if (answer.status >= 500 || DATABASE_WORDS.test(withoutEcho(answer, payload))) {
      found.push({ technique: 'error', payload, answer: describe(answer) })
    }
  }
  for (const payload of some(UNIONS)) {
    const answer = await ask(payload)
    if (answer.text.includes(MARK)) {
      found.push({ technique: 'union', payload, answer: describe(answer) })
    }
  }
  for (const [slow, quick] of some(delays(isPostgres))) {
    if ((await fastest(ask, slow)) > DELAY_MS && (await fastest(ask, quick)) < DELAY_MS / 2) {
      found.push({ technique: 'time', payload: slow, answer: 'late' })
    }
  }
  return found
}

/** The shortest of some tries, in milliseconds: a busy machine delays single ones, a statement all of them. */
async function fastest(ask: Ask, payload: string): Promise<number> {
  let best = Infinity
  for (let attempt = 0; attempt < TRIES && best > DELAY_MS / 2; attempt++) {
    const start = performance.now()
    await ask(payload)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/**
 * What must be the same whatever text was sent: of a refusal its reasons, of one thing the names of its fields (what was
 * written differs), of everything else all of it.
 */
function meaningOf(answer: ProbeAnswer, payload: string): string {
  if (!answer.text.startsWith('{')) {
    return withoutEcho(answer, payload)
  }
  const body: { code?: string; errors?: { field: string; rule: string }[] } = JSON.parse(answer.text)
  const faults = body.errors?.map(({ field, rule }) => `${field} ${rule}`) ?? []
  return body.code ? [body.code, ...faults].join() : Object.keys(body).sort().join()
}

/** An answer without the payload that it may repeat. */
function withoutEcho({ text }: ProbeAnswer, payload: string): string {
  const echoes = [payload, JSON.stringify(payload).slice(1, -1), payload.toLowerCase(), encodeURIComponent(payload)]
  return echoes.reduce((left, echo) => left.replaceAll(echo, ''), text)
}

function describe({ status, text }: ProbeAnswer): string {
  return `${status} ${text.slice(0, 200)}`
}

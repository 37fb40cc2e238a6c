import { selectRows, type SqlClient } from '#services/sync/store/sql_client'

const MOST_ANSWERS = 100

/**
 * A statement with one row and column, `moment`: a text that is another one after each change of assets or reviews, which
 * moves the clock that writing transactions begin with. The newest change stands beside it, because a backup that is put
 * back sets the clock back.
 */
export const MOMENT = `select cast(tick as text) || ' ' || coalesce(cast((select max(updated_at) from assets) as text), '')
  as moment from write_clock where id = 1`

/** Answers that hold until anything is written. */
export class AtThisMoment<Answer> {
  #moment = ''
  #answers = new Map<string, Promise<Answer>>()

  /** The answer to a question as of now: the one that is known, or what `work` finds. */
  async answer(client: SqlClient, question: string, work: () => Promise<Answer>): Promise<Answer> {
    const moment = await readMoment(client)
    if (moment !== this.#moment || this.#answers.size >= MOST_ANSWERS) {
      this.#moment = moment
      this.#answers.clear()
    }
    const answers = this.#answers
    const known = answers.get(question)
    if (known) {
      return known
    }
    const answer = work()
    answers.set(question, answer)
    answer.catch(() => answers.delete(question))
    return answer
  }
}

async function readMoment(client: SqlClient): Promise<string> {
  const [row] = await selectRows<{ moment: string }>(client, MOMENT)
  return row!.moment
}

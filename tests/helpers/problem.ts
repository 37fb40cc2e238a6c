import { type ApiResponse } from '@japa/api-client'
import { type Assert } from '@japa/assert'

interface ExpectedProblem {
  readonly status: number
  readonly code?: string
  /** The faults of the input, as field and rule. */
  readonly faults?: readonly (readonly [field: string, rule: string])[]
}

/** Asserts that an answer is an error as the API promises errors. */
export function assertProblem(assert: Assert, response: ApiResponse, expected: ExpectedProblem) {
  assert.equal(response.status(), expected.status, JSON.stringify(response.body()))
  assert.match(response.header('content-type') ?? '', /^application\/problem\+json/)
  const problem = response.body()
  assert.equal(problem.status, expected.status)
  assert.match(problem.code, /^E_/)
  assert.isString(problem.title)
  assert.isString(problem.detail)
  assert.equal(problem.request_id, response.header('x-request-id'))
  if (expected.code) {
    assert.equal(problem.code, expected.code)
  }
  if (expected.faults) {
    const found = problem.errors.map(({ field, rule }: { field: string; rule: string }) => [field, rule])
    assert.sameDeepMembers(found, expected.faults as unknown[])
  }
}

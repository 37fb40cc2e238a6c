import { type HttpContext } from '@adonisjs/core/http'

/** Names in a header the change set that a request made; none when it wrote nothing. */
export function writeChangeId(
  { response }: Pick<HttpContext, 'response'>,
  { changeSetId }: { readonly changeSetId: number | null }
): void {
  if (changeSetId !== null) {
    response.header('X-Change-Id', String(changeSetId))
  }
}

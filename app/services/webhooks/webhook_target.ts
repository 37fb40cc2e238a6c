import { SourceError } from '@laim/sdk'
import { InvalidValue } from '#core/assets/errors'
import { parseTarget, type HttpTarget } from '#services/sources/http/target'

/**
 * Where a webhook's URL leads: http or https, no credentials in it, neither link-local nor a metadata service. What its
 * name means is checked again when a connection is opened.
 *
 * @throws InvalidValue of the field `url`
 */
export function toWebhookTarget(url: string): HttpTarget {
  try {
    return parseTarget(url)
  } catch (error) {
    if (SourceError.is(error)) {
      throw new InvalidValue('url', error.message, 'url')
    }
    throw error
  }
}

import { SourceError, type SourceErrorKind } from '@laim/sdk'

/** The answer about one device is unusable; the next one's may be good. */
const OF_ONE_DEVICE: ReadonlySet<SourceErrorKind> = new Set(['bad_payload', 'permission', 'config'])

/** The server cannot answer such a question now; the next one would fail too, and take as long. */
const OF_THE_SERVER: ReadonlySet<SourceErrorKind> = new Set(['unavailable', 'timeout', 'unreachable'])

/**
 * True for failures that leave a gap in what is known of devices already listed. A refused token, a cancelled run
 * or a server that asks to wait end the whole read instead.
 */
export function leavesGap(error: unknown): error is SourceError {
  return SourceError.is(error) && (OF_ONE_DEVICE.has(error.kind) || OF_THE_SERVER.has(error.kind))
}

/** True when it makes sense to ask for the next device. */
export function isOfOneDevice({ kind }: SourceError): boolean {
  return OF_ONE_DEVICE.has(kind)
}

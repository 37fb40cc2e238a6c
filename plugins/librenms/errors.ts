import { SourceError } from '@laim/sdk'

/** The token is wrong, was disabled, or did not arrive. */
export function tokenRefused(cause: unknown): SourceError {
  return new SourceError(
    {
      kind: 'auth',
      code: 'E_LIBRENMS_TOKEN_REFUSED',
      message:
        'LibreNMS refused the API token; check LIBRENMS_API_TOKEN and that the token is not disabled in LibreNMS, and let a proxy in front of it pass the X-Auth-Token header on.',
    },
    { cause }
  )
}

/** The token is good and its user may not read this. */
export function mayNotRead(path: string, cause: unknown): SourceError {
  return new SourceError(
    {
      kind: 'permission',
      code: 'E_LIBRENMS_FORBIDDEN',
      message: `LibreNMS does not let the user of this API token read ${path}; give the user the role "global read" in LibreNMS.`,
      detail: { path },
    },
    { cause }
  )
}

/** The device list is never empty with 404: there is no LibreNMS at this address. */
export function notFound(path: string, cause: unknown): SourceError {
  return new SourceError(
    {
      kind: 'config',
      code: 'E_LIBRENMS_NOT_FOUND',
      message: `There is no LibreNMS API at this address (${path} is unknown there); set LIBRENMS_API_URL to the address of LibreNMS's start page, with its path.`,
      detail: { path },
    },
    { cause }
  )
}

/** Status 200 and an envelope that says otherwise. */
export function envelopeSaysError(path: string): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_LIBRENMS_STATUS_NOT_OK',
    message: `The answer of ${path} came with status 200 and does not say "status": "ok"; look at the log of LibreNMS, and see that LIBRENMS_API_URL names LibreNMS itself.`,
    detail: { path },
  })
}

/** JSON of another shape than this path has. */
export function unexpectedShape(path: string, expected: string): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_LIBRENMS_UNEXPECTED_SHAPE',
    message: `Expected a list "${expected}" from ${path} and got something else; see that LIBRENMS_API_URL names LibreNMS itself.`,
    detail: { path },
  })
}

/** LibreNMS counts what it sends; fewer rows came. */
export function countDiffers(path: string, counted: number, received: number): SourceError {
  return new SourceError({
    kind: 'bad_payload',
    code: 'E_LIBRENMS_COUNT_DIFFERS',
    message: `LibreNMS announced ${counted} devices and sent ${received}; read again, and look at the log of LibreNMS.`,
    detail: { path, counted, received },
  })
}

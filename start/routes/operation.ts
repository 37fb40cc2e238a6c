import router from '@adonisjs/core/services/router'
import { refuseQuery } from '#middleware/refuse_query'
import { middleware } from '#start/kernel'
import { isRepeatable, type Method, type Operation, type OperationDescription } from '#transformers/openapi/operation'

/** Ids are positive whole numbers that the databases can hold; any other text names nothing. */
const ID = { match: /^[1-9]\d{0,8}$/, cast: Number }

/** Every operation of the API, in the order in which it was declared. */
export const operations: Operation[] = []

type Handler = Parameters<typeof router.route>[2]

/**
 * Declares one operation of the API: makes its route, names the permission on it, and remembers it for the OpenAPI
 * document. `path` is written as in OpenAPI, below `/api/`.
 */
export function operation(method: Method, path: string, handler: Handler, description: OperationDescription) {
  const full = `/api/${path}`
  const name = `api.${path.replace(/[/.-]+/g, '_').replace(/[{}]/g, '')}.${method.toLowerCase()}`
  operations.push({ ...description, method, path: full, name })

  const route = router
    .route(full.replace(/\{(\w+)\}/g, ':$1'), [method], handler)
    .where('id', ID)
    .as(name)
  const { can } = description
  if (can !== null) {
    route.use([middleware.token(), middleware.can(can)])
  }
  if (description.query === undefined) {
    route.use(refuseQuery)
  }
  if (method !== 'GET') {
    route.use(can === null ? middleware.smallBody() : middleware.body())
    route.use(description.upload === undefined ? middleware.jsonBody() : middleware.upload())
  }
  if (method !== 'GET' && description.body === undefined && description.upload === undefined) {
    route.use(middleware.noBody())
  }
  if (isRepeatable({ ...description, method })) {
    route.use(middleware.idempotent({ isSecret: description.isSecret ?? false }))
  }
  return route
}

import app from '@adonisjs/core/services/app'
import router from '@adonisjs/core/services/router'
import server from '@adonisjs/core/services/server'
import { basePath } from '#config/app'

server.errorHandler(() => import('#exceptions/handler'))

/** Every request, also those without a route. Scripts and styles are made while they are developed, and found ready later. */
server.use([
  ...(basePath === '' ? [] : [() => import('#middleware/base_path_middleware')]),
  () => import('#middleware/answer_headers_middleware'),
  () => import('#middleware/asset_files_middleware'),
  ...(app.inProduction ? [] : [() => import('@adonisjs/vite/vite_middleware')]),
])

/**
 * Every request with a route. What only pages need is named below: it would cost the API most of its speed. So is what
 * reads bodies: each route does so after it has let somebody in.
 */
router.use([() => import('#middleware/authenticator_middleware')])

export const middleware = router.named({
  body: () => import('@adonisjs/core/bodyparser_middleware'),
  can: () => import('#middleware/can_middleware'),
  idempotent: () => import('#middleware/idempotent_middleware'),
  jsonBody: () => import('#middleware/json_body_middleware'),
  noBody: () => import('#middleware/no_body_middleware'),
  ownPage: () => import('#middleware/own_page_middleware'),
  page: () => import('#middleware/page_middleware'),
  session: () => import('@adonisjs/session/session_middleware'),
  shield: () => import('@adonisjs/shield/shield_middleware'),
  signedIn: () => import('#middleware/signed_in_middleware'),
  signedOut: () => import('#middleware/signed_out_middleware'),
  smallBody: () => import('#middleware/small_body_middleware'),
  token: () => import('#middleware/token_middleware'),
  upload: () => import('#middleware/upload_middleware'),
})

import router from '@adonisjs/core/services/router'
import { middleware } from '#start/kernel'

/** Pages for people. Session and CSRF protection live here and nowhere else. */
router
  .group(() => {
    router.on('/').render('pages/home').as('home')
  })
  .use([middleware.session(), middleware.shield()])

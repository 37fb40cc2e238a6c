import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'

const { api, console: pages } = controllers

/** Ids are positive whole numbers that the databases can hold; any other text names nothing. */
const ID = { match: /^[1-9]\d{0,8}$/, cast: Number }

/** Pages for people. Session and CSRF protection live here and nowhere else; forms are read of those who were let in. */
router
  .group(() => {
    router
      .group(() => {
        router.get('login', [pages.Session, 'create'])
        router.post('login', [pages.Session, 'store'])
      })
      .use([middleware.signedOut(), middleware.smallBody(), middleware.shield(), middleware.page()])

    router.get('docs', [pages.Reference, 'show']).use([middleware.shield(), middleware.page()])

    router
      .group(() => {
        router.post('logout', [pages.Session, 'destroy']).use(middleware.can('account.manage'))
        router.get('account', [pages.Account, 'show']).use(middleware.can('account.manage'))
        router.post('account/password', [pages.Account, 'update']).use(middleware.can('account.manage'))
        router.get('account/tokens', [pages.Tokens, 'index']).use(middleware.can('account.manage'))
        router.post('account/tokens', [pages.Tokens, 'store']).use(middleware.can('account.manage'))
        router.get('account/tokens/:id/revoke', [pages.Tokens, 'edit']).use(middleware.can('account.manage'))
        router.post('account/tokens/:id/revoke', [pages.Tokens, 'destroy']).use(middleware.can('account.manage'))
        router.post('account/theme', [pages.Themes, 'update']).use(middleware.can('account.manage'))

        router.get('/', [pages.Assets, 'index']).use(middleware.can('asset.read'))
        router.get('items/new', [pages.Assets, 'create']).use(middleware.can('asset.write'))
        router.post('items', [pages.Assets, 'store']).use(middleware.can('asset.write'))
        router.get('items/:id', [pages.Assets, 'show']).use(middleware.can('asset.read'))
        router.post('items/:id', [pages.Assets, 'update']).use(middleware.can('asset.write'))
        router.get('items/:id/edit', [pages.Assets, 'edit']).use(middleware.can('asset.write'))
        router.get('items/:id/delete', [pages.AssetDeletions, 'create']).use(middleware.can('asset.write'))
        router.post('items/:id/delete', [pages.AssetDeletions, 'store']).use(middleware.can('asset.write'))
        router.post('items/:id/restore', [pages.AssetDeletions, 'destroy']).use(middleware.can('asset.write'))

        router.get('items/:id/merge', [pages.AssetMerges, 'create']).use(middleware.can('asset.write'))
        router.get('items/:id/merge/:other', [pages.AssetMerges, 'show']).use(middleware.can('asset.write'))
        router.post('items/:id/merge/:other', [pages.AssetMerges, 'store']).use(middleware.can('asset.write'))
        router.get('items/:id/split', [pages.AssetSplits, 'create']).use(middleware.can('asset.write'))
        router.post('items/:id/split', [pages.AssetSplits, 'store']).use(middleware.can('asset.write'))
        router.get('import', [pages.Imports, 'create']).use(middleware.can('asset.write'))
        router.get('export/csv', [api.Exports, 'csv']).use(middleware.can('asset.read'))
        router.get('export/json', [api.Exports, 'json']).use(middleware.can('asset.read'))
        router.get('deleted', [pages.Tombstones, 'index']).use(middleware.can('asset.read'))

        router.post('items/:id/pins/:field', [pages.AssetPins, 'store']).use(middleware.can('asset.write'))
        router.post('items/:id/pins/:field/release', [pages.AssetPins, 'destroy']).use(middleware.can('asset.write'))
        router.get('pins', [pages.Pins, 'index']).use(middleware.can('asset.read'))
        router.post('pins/release', [pages.Pins, 'destroy']).use(middleware.can('asset.write'))

        router.post('changes/:id/undo', [pages.ChangeUndos, 'store']).use(middleware.can('asset.write'))

        router.get('reviews', [pages.Reviews, 'index']).use(middleware.can('asset.read'))
        router.get('reviews/:id', [pages.Reviews, 'show']).use(middleware.can('asset.read'))
        router.post('reviews/:id', [pages.Reviews, 'update']).use(middleware.can('asset.write'))

        router.get('sources', [pages.Sources, 'index']).use(middleware.can('source.read'))
        router.post('sources/:name/check', [pages.SourceChecks, 'store']).use(middleware.can('source.check'))

        router.get('runs', [pages.Runs, 'index']).use(middleware.can('sync.read'))
        router.post('runs', [pages.Runs, 'store']).use(middleware.can('sync.trigger'))
        router.get('runs/:id', [pages.Runs, 'show']).use(middleware.can('sync.read'))
        router.post('runs/:id/apply', [pages.PlanApprovals, 'store']).use(middleware.can('sync.trigger'))
        router.post('runs/:id/cancel', [pages.RunCancellations, 'store']).use(middleware.can('sync.trigger'))
        router.post('runs/:id/undo', [pages.RunUndos, 'store']).use(middleware.can('asset.write'))

        router.get('users', [pages.Users, 'index']).use(middleware.can('user.manage'))
        router.get('users/new', [pages.Users, 'create']).use(middleware.can('user.manage'))
        router.post('users', [pages.Users, 'store']).use(middleware.can('user.manage'))
        router.post('users/:id', [pages.Users, 'update']).use(middleware.can('user.manage'))
        router.get('users/:id/edit', [pages.Users, 'edit']).use(middleware.can('user.manage'))

        router.get('webhooks', [pages.Webhooks, 'index']).use(middleware.can('webhook.manage'))
        router.get('webhooks/new', [pages.Webhooks, 'create']).use(middleware.can('webhook.manage'))
        router.post('webhooks', [pages.Webhooks, 'store']).use(middleware.can('webhook.manage'))
        router.get('webhooks/:id', [pages.WebhookDeliveries, 'index']).use(middleware.can('webhook.manage'))
        router.get('webhooks/:id/edit', [pages.Webhooks, 'edit']).use(middleware.can('webhook.manage'))
        router.post('webhooks/:id', [pages.Webhooks, 'update']).use(middleware.can('webhook.manage'))
        router.get('webhooks/:id/delete', [pages.WebhookDeletions, 'create']).use(middleware.can('webhook.manage'))
        router.post('webhooks/:id/delete', [pages.WebhookDeletions, 'store']).use(middleware.can('webhook.manage'))
        router.post('deliveries/:id/resend', [pages.WebhookDeliveries, 'update']).use(middleware.can('webhook.manage'))

        router.get('audit', [pages.Audit, 'index']).use(middleware.can('audit.read'))
      })
      .use([middleware.signedIn(), middleware.body(), middleware.shield(), middleware.page()])
  })
  .where('id', ID)
  .where('other', ID)
  .as('console')
  .use([middleware.session()])

/** The one form with a file: it is received from those who may send it, then its CSRF field is looked at. */
router
  .post('import', [pages.Imports, 'store'])
  .as('console.imports.store')
  .use([
    middleware.session(),
    middleware.signedIn(),
    middleware.can('asset.write'),
    middleware.body(),
    middleware.upload(),
    middleware.shield(),
    middleware.page(),
  ])

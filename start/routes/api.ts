import { basePath, version } from '#config/app'
import router from '@adonisjs/core/services/router'
import { controllers } from '#generated/controllers'
import { middleware } from '#start/kernel'
import { operation, operations } from '#start/routes/operation'
import { auditShape } from '#transformers/audit_transformer'
import { changeShape, feedShape } from '#transformers/change_transformer'
import { explanationShape } from '#transformers/explanation_transformer'
import { itemShape } from '#transformers/item_transformer'
import { itemTypeShape, roomShape } from '#transformers/named_transformer'
import { openapiDocument } from '#transformers/openapi/openapi_document'
import { runShape, startedRunShape } from '#transformers/run_transformer'
import { sourceCheckShape, sourceShape } from '#transformers/source_transformer'
import { statsShape } from '#transformers/stats_transformer'
import { loginShape, newTokenShape, tokenShape } from '#transformers/token_transformer'
import { userShape } from '#transformers/user_transformer'
import { listAuditValidator } from '#validators/audit'
import { createItemValidator, listItemsValidator, updateItemValidator } from '#validators/item'
import { nameValidator } from '#validators/name'
import { pageValidator } from '#validators/paging'
import { createTokenValidator, loginValidator } from '#validators/session'
import { triggerSyncValidator } from '#validators/sync'
import { changePasswordValidator, createUserValidator, updateUserValidator } from '#validators/user'

const { Account, Items, ItemTypes, Logout, Rooms, Session, Sources, Stats, Sync, Tokens, Users } = controllers.api

router.get('/health', [controllers.Health, 'show']).as('health')
router.get('/health/live', [controllers.Health, 'live']).as('health.live')
router.get('/metrics', [controllers.Metrics, 'show']).as('metrics')
router.get('/logout', [Logout, 'show']).as('logout').use(middleware.session())

operation('GET', 'openapi.json', () => openapiDocument(operations, version, basePath), {
  summary: 'This document',
  can: null,
  answers: { status: 200, of: { name: 'OpenapiDocument', schema: { type: 'object' } } },
})

operation('POST', 'login', [Session, 'store'], {
  summary: 'Sign in',
  can: null,
  body: loginValidator,
  answers: { status: 200, of: loginShape },
  faults: [401, 403, 429],
}).use(middleware.ownPage())
operation('POST', 'logout', [Session, 'destroy'], {
  summary: 'Sign out: the token in use ends',
  can: 'account.manage',
  answers: { status: 204 },
})
operation('GET', 'me', [Account, 'show'], {
  summary: 'Who is signed in',
  can: 'account.manage',
  answers: { status: 200, of: userShape },
})
operation('PUT', 'me/password', [Account, 'updatePassword'], {
  summary: 'Change the own password; every token and session of the account ends',
  can: 'account.manage',
  body: changePasswordValidator,
  answers: { status: 204 },
})

operation('GET', 'tokens', [Tokens, 'index'], {
  summary: 'The own personal tokens',
  can: 'account.manage',
  query: pageValidator,
  answers: { status: 200, of: tokenShape, list: true },
})
operation('POST', 'tokens', [Tokens, 'store'], {
  summary: 'Make a personal token; its value is shown once',
  can: 'account.manage',
  body: createTokenValidator,
  answers: { status: 201, of: newTokenShape },
  isSecret: true,
})
operation('DELETE', 'tokens/{id}', [Tokens, 'destroy'], {
  summary: 'End one of the own tokens',
  can: 'account.manage',
  answers: { status: 204 },
})

operation('GET', 'items', [Items, 'index'], {
  summary: 'Items that match the filters, page by page',
  can: 'asset.read',
  query: listItemsValidator,
  answers: { status: 200, of: itemShape, list: true },
})
operation('POST', 'items', [Items, 'store'], {
  summary: 'Add an item',
  can: 'asset.write',
  body: createItemValidator,
  answers: { status: 201, of: itemShape },
  faults: [409],
})
operation('GET', 'items/{id}', [Items, 'show'], {
  summary: 'One item',
  can: 'asset.read',
  answers: { status: 200, of: itemShape },
})
for (const method of ['PUT', 'PATCH'] as const) {
  operation(method, 'items/{id}', [Items, 'update'], {
    summary: 'Change the fields that the body names',
    can: 'asset.write',
    body: updateItemValidator,
    answers: { status: 200, of: itemShape },
    faults: [409, 412],
  })
}
operation('DELETE', 'items/{id}', [Items, 'destroy'], {
  summary: 'Delete an item softly',
  can: 'asset.write',
  answers: { status: 204 },
  faults: [412],
})
operation('POST', 'items/{id}/restore', [Items, 'restore'], {
  summary: 'Take a deletion back',
  can: 'asset.write',
  answers: { status: 200, of: itemShape },
  faults: [409],
})
operation('GET', 'items/{id}/explain', [controllers.api.ItemExplanations, 'show'], {
  summary: 'Why each field of an item has its value',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: explanationShape, list: true },
})

operation('GET', 'items/{id}/history', [controllers.api.ItemChanges, 'index'], {
  summary: 'What changed an item, newest first',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: changeShape, list: true },
})

operation('GET', 'changes', [controllers.api.Changes, 'index'], {
  summary: 'The feed of changes of all items, oldest first',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: feedShape, list: true },
})

operation('GET', 'stats', [Stats, 'show'], {
  summary: 'Counts of the active items',
  can: 'asset.read',
  answers: { status: 200, of: statsShape },
})
operation('GET', 'item-types', [ItemTypes, 'index'], {
  summary: 'What an item can be',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: itemTypeShape, list: true },
})
operation('POST', 'item-types', [ItemTypes, 'store'], {
  summary: 'Add an item type',
  can: 'asset_type.write',
  body: nameValidator,
  answers: { status: 201, of: itemTypeShape },
  faults: [409],
})
operation('GET', 'rooms', [Rooms, 'index'], {
  summary: 'Where an item can stand',
  can: 'asset.read',
  query: pageValidator,
  answers: { status: 200, of: roomShape, list: true },
})
operation('POST', 'rooms', [Rooms, 'store'], {
  summary: 'Add a room',
  can: 'room.write',
  body: nameValidator,
  answers: { status: 201, of: roomShape },
  faults: [409],
})

operation('GET', 'sources', [Sources, 'index'], {
  summary: 'Every configured source with its health',
  can: 'source.read',
  query: pageValidator,
  answers: { status: 200, of: sourceShape, list: true },
})
operation('POST', 'sources/{name}/check', [Sources, 'check'], {
  summary: 'Test the connection to a source, step by step',
  can: 'source.check',
  answers: { status: 200, of: sourceCheckShape },
  faults: [404],
})

operation('POST', 'sync/trigger', [Sync, 'store'], {
  summary: 'Ask for a sync of one source, or of all',
  can: 'sync.trigger',
  body: triggerSyncValidator,
  answers: { status: 202, of: startedRunShape },
  faults: [409],
})
operation('GET', 'sync/status/{id}', [Sync, 'show'], {
  summary: 'One sync, while it works and after',
  can: 'sync.read',
  answers: { status: 200, of: runShape },
})
operation('GET', 'sync/history', [Sync, 'index'], {
  summary: 'Syncs, newest first',
  can: 'sync.read',
  query: pageValidator,
  answers: { status: 200, of: runShape, list: true },
})

operation('GET', 'audit', [controllers.api.Audit, 'index'], {
  summary: 'What people and commands did, newest first',
  can: 'audit.read',
  query: listAuditValidator,
  answers: { status: 200, of: auditShape, list: true },
})

operation('GET', 'users', [Users, 'index'], {
  summary: 'Every account',
  can: 'user.manage',
  query: pageValidator,
  answers: { status: 200, of: userShape, list: true },
})
operation('POST', 'users', [Users, 'store'], {
  summary: 'Add an account',
  can: 'user.manage',
  body: createUserValidator,
  answers: { status: 201, of: userShape },
  faults: [409],
})
operation('GET', 'users/{id}', [Users, 'show'], {
  summary: 'One account',
  can: 'user.manage',
  answers: { status: 200, of: userShape },
})
operation('PUT', 'users/{id}', [Users, 'update'], {
  summary: 'Change an account',
  can: 'user.manage',
  body: updateUserValidator,
  answers: { status: 200, of: userShape },
  faults: [409],
})

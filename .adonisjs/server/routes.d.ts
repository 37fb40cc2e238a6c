import '@adonisjs/core/types/http'

type ParamValue = string | number | bigint | boolean

export type ScannedRoutes = {
  ALL: {
    'health': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'logout': { paramsTuple?: []; params?: {} }
    'api.openapi_json.get': { paramsTuple?: []; params?: {} }
    'api.login.post': { paramsTuple?: []; params?: {} }
    'api.logout.post': { paramsTuple?: []; params?: {} }
    'api.me.get': { paramsTuple?: []; params?: {} }
    'api.me_password.put': { paramsTuple?: []; params?: {} }
    'api.tokens.get': { paramsTuple?: []; params?: {} }
    'api.tokens.post': { paramsTuple?: []; params?: {} }
    'api.tokens_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items.get': { paramsTuple?: []; params?: {} }
    'api.items.post': { paramsTuple?: []; params?: {} }
    'api.items_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id.patch': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_restore.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_explain.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_history.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes.get': { paramsTuple?: []; params?: {} }
    'api.stats.get': { paramsTuple?: []; params?: {} }
    'api.item_types.get': { paramsTuple?: []; params?: {} }
    'api.item_types.post': { paramsTuple?: []; params?: {} }
    'api.rooms.get': { paramsTuple?: []; params?: {} }
    'api.rooms.post': { paramsTuple?: []; params?: {} }
    'api.sources.get': { paramsTuple?: []; params?: {} }
    'api.sources_name_check.post': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'api.sync_trigger.post': { paramsTuple?: []; params?: {} }
    'api.sync_status_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_history.get': { paramsTuple?: []; params?: {} }
    'api.audit.get': { paramsTuple?: []; params?: {} }
    'api.users.get': { paramsTuple?: []; params?: {} }
    'api.users.post': { paramsTuple?: []; params?: {} }
    'api.users_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.users_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_plans.post': { paramsTuple?: []; params?: {} }
    'api.sync_plans_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_plans_id_rows.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_plans_id_apply.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_id_cancel.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes_id_undo.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_pins_field.put': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'api.items_id_pins_field.delete': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'api.reviews.get': { paramsTuple?: []; params?: {} }
    'api.reviews_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.reviews_id_resolve.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_merge.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_split.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.pins.get': { paramsTuple?: []; params?: {} }
    'api.tombstones.get': { paramsTuple?: []; params?: {} }
    'api.tombstones_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_bulk.post': { paramsTuple?: []; params?: {} }
    'api.export_csv.get': { paramsTuple?: []; params?: {} }
    'api.export_json.get': { paramsTuple?: []; params?: {} }
    'api.import_csv.post': { paramsTuple?: []; params?: {} }
    'api.webhooks.get': { paramsTuple?: []; params?: {} }
    'api.webhooks.post': { paramsTuple?: []; params?: {} }
    'api.webhooks_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhooks_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhooks_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhooks_id_deliveries.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.deliveries_id_resend.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.session.create': { paramsTuple?: []; params?: {} }
    'console.session.store': { paramsTuple?: []; params?: {} }
    'console.reference.show': { paramsTuple?: []; params?: {} }
    'console.session.destroy': { paramsTuple?: []; params?: {} }
    'console.account.show': { paramsTuple?: []; params?: {} }
    'console.account.update': { paramsTuple?: []; params?: {} }
    'console.tokens.index': { paramsTuple?: []; params?: {} }
    'console.tokens.store': { paramsTuple?: []; params?: {} }
    'console.tokens.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.themes.update': { paramsTuple?: []; params?: {} }
    'console.assets.index': { paramsTuple?: []; params?: {} }
    'console.assets.create': { paramsTuple?: []; params?: {} }
    'console.assets.store': { paramsTuple?: []; params?: {} }
    'console.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'other': ParamValue} }
    'console.asset_merges.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'other': ParamValue} }
    'console.asset_splits.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_splits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.imports.create': { paramsTuple?: []; params?: {} }
    'console.exports.csv': { paramsTuple?: []; params?: {} }
    'console.exports.json': { paramsTuple?: []; params?: {} }
    'console.tombstones.index': { paramsTuple?: []; params?: {} }
    'console.asset_pins.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'console.asset_pins.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'console.pins.index': { paramsTuple?: []; params?: {} }
    'console.pins.destroy': { paramsTuple?: []; params?: {} }
    'console.change_undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.reviews.index': { paramsTuple?: []; params?: {} }
    'console.reviews.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.reviews.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.sources.index': { paramsTuple?: []; params?: {} }
    'console.source_checks.store': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'console.runs.index': { paramsTuple?: []; params?: {} }
    'console.runs.store': { paramsTuple?: []; params?: {} }
    'console.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.plan_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.run_cancellations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.run_undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.users.index': { paramsTuple?: []; params?: {} }
    'console.users.create': { paramsTuple?: []; params?: {} }
    'console.users.store': { paramsTuple?: []; params?: {} }
    'console.users.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.users.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.index': { paramsTuple?: []; params?: {} }
    'console.webhooks.create': { paramsTuple?: []; params?: {} }
    'console.webhooks.store': { paramsTuple?: []; params?: {} }
    'console.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deletions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deliveries.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.audit.index': { paramsTuple?: []; params?: {} }
    'console.imports.store': { paramsTuple?: []; params?: {} }
  }
  GET: {
    'health': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'logout': { paramsTuple?: []; params?: {} }
    'api.openapi_json.get': { paramsTuple?: []; params?: {} }
    'api.me.get': { paramsTuple?: []; params?: {} }
    'api.tokens.get': { paramsTuple?: []; params?: {} }
    'api.items.get': { paramsTuple?: []; params?: {} }
    'api.items_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_explain.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_history.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes.get': { paramsTuple?: []; params?: {} }
    'api.stats.get': { paramsTuple?: []; params?: {} }
    'api.item_types.get': { paramsTuple?: []; params?: {} }
    'api.rooms.get': { paramsTuple?: []; params?: {} }
    'api.sources.get': { paramsTuple?: []; params?: {} }
    'api.sync_status_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_history.get': { paramsTuple?: []; params?: {} }
    'api.audit.get': { paramsTuple?: []; params?: {} }
    'api.users.get': { paramsTuple?: []; params?: {} }
    'api.users_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_plans_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_plans_id_rows.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.reviews.get': { paramsTuple?: []; params?: {} }
    'api.reviews_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.pins.get': { paramsTuple?: []; params?: {} }
    'api.tombstones.get': { paramsTuple?: []; params?: {} }
    'api.export_csv.get': { paramsTuple?: []; params?: {} }
    'api.export_json.get': { paramsTuple?: []; params?: {} }
    'api.webhooks.get': { paramsTuple?: []; params?: {} }
    'api.webhooks_id.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhooks_id_deliveries.get': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.session.create': { paramsTuple?: []; params?: {} }
    'console.reference.show': { paramsTuple?: []; params?: {} }
    'console.account.show': { paramsTuple?: []; params?: {} }
    'console.tokens.index': { paramsTuple?: []; params?: {} }
    'console.tokens.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.index': { paramsTuple?: []; params?: {} }
    'console.assets.create': { paramsTuple?: []; params?: {} }
    'console.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'other': ParamValue} }
    'console.asset_splits.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.imports.create': { paramsTuple?: []; params?: {} }
    'console.exports.csv': { paramsTuple?: []; params?: {} }
    'console.exports.json': { paramsTuple?: []; params?: {} }
    'console.tombstones.index': { paramsTuple?: []; params?: {} }
    'console.pins.index': { paramsTuple?: []; params?: {} }
    'console.reviews.index': { paramsTuple?: []; params?: {} }
    'console.reviews.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.sources.index': { paramsTuple?: []; params?: {} }
    'console.runs.index': { paramsTuple?: []; params?: {} }
    'console.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.users.index': { paramsTuple?: []; params?: {} }
    'console.users.create': { paramsTuple?: []; params?: {} }
    'console.users.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.index': { paramsTuple?: []; params?: {} }
    'console.webhooks.create': { paramsTuple?: []; params?: {} }
    'console.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.audit.index': { paramsTuple?: []; params?: {} }
  }
  HEAD: {
    'health': { paramsTuple?: []; params?: {} }
    'health.live': { paramsTuple?: []; params?: {} }
    'metrics': { paramsTuple?: []; params?: {} }
    'logout': { paramsTuple?: []; params?: {} }
    'console.session.create': { paramsTuple?: []; params?: {} }
    'console.reference.show': { paramsTuple?: []; params?: {} }
    'console.account.show': { paramsTuple?: []; params?: {} }
    'console.tokens.index': { paramsTuple?: []; params?: {} }
    'console.tokens.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.index': { paramsTuple?: []; params?: {} }
    'console.assets.create': { paramsTuple?: []; params?: {} }
    'console.assets.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.assets.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.show': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'other': ParamValue} }
    'console.asset_splits.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.imports.create': { paramsTuple?: []; params?: {} }
    'console.exports.csv': { paramsTuple?: []; params?: {} }
    'console.exports.json': { paramsTuple?: []; params?: {} }
    'console.tombstones.index': { paramsTuple?: []; params?: {} }
    'console.pins.index': { paramsTuple?: []; params?: {} }
    'console.reviews.index': { paramsTuple?: []; params?: {} }
    'console.reviews.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.sources.index': { paramsTuple?: []; params?: {} }
    'console.runs.index': { paramsTuple?: []; params?: {} }
    'console.runs.show': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.users.index': { paramsTuple?: []; params?: {} }
    'console.users.create': { paramsTuple?: []; params?: {} }
    'console.users.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.index': { paramsTuple?: []; params?: {} }
    'console.webhooks.create': { paramsTuple?: []; params?: {} }
    'console.webhook_deliveries.index': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.edit': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deletions.create': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.audit.index': { paramsTuple?: []; params?: {} }
  }
  POST: {
    'api.login.post': { paramsTuple?: []; params?: {} }
    'api.logout.post': { paramsTuple?: []; params?: {} }
    'api.tokens.post': { paramsTuple?: []; params?: {} }
    'api.items.post': { paramsTuple?: []; params?: {} }
    'api.items_id_restore.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.item_types.post': { paramsTuple?: []; params?: {} }
    'api.rooms.post': { paramsTuple?: []; params?: {} }
    'api.sources_name_check.post': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'api.sync_trigger.post': { paramsTuple?: []; params?: {} }
    'api.users.post': { paramsTuple?: []; params?: {} }
    'api.sync_plans.post': { paramsTuple?: []; params?: {} }
    'api.sync_plans_id_apply.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.sync_id_cancel.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.changes_id_undo.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.reviews_id_resolve.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_merge.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_split.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_bulk.post': { paramsTuple?: []; params?: {} }
    'api.import_csv.post': { paramsTuple?: []; params?: {} }
    'api.webhooks.post': { paramsTuple?: []; params?: {} }
    'api.deliveries_id_resend.post': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.session.store': { paramsTuple?: []; params?: {} }
    'console.session.destroy': { paramsTuple?: []; params?: {} }
    'console.account.update': { paramsTuple?: []; params?: {} }
    'console.tokens.store': { paramsTuple?: []; params?: {} }
    'console.tokens.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.themes.update': { paramsTuple?: []; params?: {} }
    'console.assets.store': { paramsTuple?: []; params?: {} }
    'console.assets.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_deletions.destroy': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_merges.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'other': ParamValue} }
    'console.asset_splits.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.asset_pins.store': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'console.asset_pins.destroy': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'console.pins.destroy': { paramsTuple?: []; params?: {} }
    'console.change_undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.reviews.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.source_checks.store': { paramsTuple: [ParamValue]; params: {'name': ParamValue} }
    'console.runs.store': { paramsTuple?: []; params?: {} }
    'console.plan_approvals.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.run_cancellations.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.run_undos.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.users.store': { paramsTuple?: []; params?: {} }
    'console.users.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhooks.store': { paramsTuple?: []; params?: {} }
    'console.webhooks.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deletions.store': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.webhook_deliveries.update': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'console.imports.store': { paramsTuple?: []; params?: {} }
  }
  PUT: {
    'api.me_password.put': { paramsTuple?: []; params?: {} }
    'api.items_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.users_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_pins_field.put': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'api.webhooks_id.put': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  DELETE: {
    'api.tokens_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.items_id_pins_field.delete': { paramsTuple: [ParamValue,ParamValue]; params: {'id': ParamValue,'field': ParamValue} }
    'api.tombstones_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
    'api.webhooks_id.delete': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
  PATCH: {
    'api.items_id.patch': { paramsTuple: [ParamValue]; params: {'id': ParamValue} }
  }
}
declare module '@adonisjs/core/types/http' {
  export interface RoutesList extends ScannedRoutes {}
}
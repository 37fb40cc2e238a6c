import { controllers } from '#generated/controllers'
import { operation } from '#start/routes/operation'
import { bulkShape } from '#transformers/bulk_transformer'
import { importShape } from '#transformers/import_transformer'
import { itemShape } from '#transformers/item_transformer'
import { bulkValidator } from '#validators/bulk'
import { importValidator } from '#validators/import'
import { exportItemsValidator } from '#validators/item'

const { Exports, Imports, ItemBulk } = controllers.api

operation('POST', 'items/bulk', [ItemBulk, 'store'], {
  summary: 'Change, delete or restore many items, or release their pins, by one change',
  can: 'asset.write',
  body: bulkValidator,
  answers: { status: 200, of: bulkShape },
})
operation('GET', 'export/csv', [Exports, 'csv'], {
  summary: 'The items that match the filters, as a CSV file',
  can: 'asset.read',
  query: exportItemsValidator,
  answers: { status: 200, type: 'text/csv' },
})
operation('GET', 'export/json', [Exports, 'json'], {
  summary: 'The items that match the filters, as one JSON array',
  can: 'asset.read',
  query: exportItemsValidator,
  answers: { status: 200, of: itemShape, list: true },
})
operation('POST', 'import/csv', [Imports, 'store'], {
  summary: 'Add and change items from a CSV file, all of it or nothing; a dry run unless dry_run is false',
  can: 'asset.write',
  upload: importValidator,
  answers: { status: 200, of: importShape },
})

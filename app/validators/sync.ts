import vine from '@vinejs/vine'
import { strict } from './rules.js'
import { line } from './text.js'

/** Body of `POST /api/sync/trigger`: the name of a source, or `all`. */
export const triggerSyncValidator = vine.create(strict({ source: line(64) }))

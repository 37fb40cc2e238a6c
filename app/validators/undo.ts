import vine from '@vinejs/vine'
import { strict } from './rules.js'

/** Body of `POST /api/changes/{id}/undo`. */
export const undoValidator = vine.create(strict({ dry_run: vine.boolean({ strict: true }).optional() }))

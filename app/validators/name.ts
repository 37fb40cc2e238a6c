import vine from '@vinejs/vine'
import { strict } from './rules.js'
import { line } from './text.js'

/** Body that adds a room or an item type. */
export const nameValidator = vine.create(strict({ name: line(64) }))

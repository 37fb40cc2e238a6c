import vine from '@vinejs/vine'
import { line } from './text.js'

/** Days after which a token of the console ends; `never` is said, not left out. */
export const TOKEN_LIVES = ['30', '90', '365', 'never'] as const

/** What a token of the console may do. */
export const TOKEN_REACHES = ['read', 'all'] as const

/** The form of a personal token. */
export const tokenFormValidator = vine.create({
  name: line(100),
  reach: vine.enum(TOKEN_REACHES),
  life: vine.enum(TOKEN_LIVES),
})

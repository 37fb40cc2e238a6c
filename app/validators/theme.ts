import vine from '@vinejs/vine'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The choice of a theme. */
export const themeValidator = vine.create({ theme: vine.enum(THEMES) })

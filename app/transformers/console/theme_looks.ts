import { type Theme } from '#validators/theme'

/** The themes as the console offers them. */
export const THEME_LOOKS: readonly { readonly name: Theme; readonly label: string; readonly icon: string }[] = [
  { name: 'system', label: 'As the system', icon: 'screen' },
  { name: 'light', label: 'Light', icon: 'sun' },
  { name: 'dark', label: 'Dark', icon: 'moon' },
]

import { copyFrom } from './copy.js'
import { pressKey } from './keys.js'

/** What works on the whole page. */
export function shell() {
  return { press: pressKey, copy: copyFrom }
}

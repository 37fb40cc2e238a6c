import { announce } from './page.js'

const SHOWN_MS = 1500

/** Copies the value beside it. Over plain HTTP browsers offer no clipboard, so a selection is copied instead. */
export function copyButton() {
  return {
    copied: false,

    async copy() {
      const { value } = this.$root.dataset
      if (navigator.clipboard) {
        await navigator.clipboard.writeText(value)
      } else {
        copySelection(value)
      }
      this.copied = true
      announce(`Copied ${value}`)
      setTimeout(() => (this.copied = false), SHOWN_MS)
    },
  }
}

function copySelection(value) {
  const area = document.createElement('textarea')
  area.value = value
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

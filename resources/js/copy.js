import { announce } from './page.js'

const SHOWN_MS = 1500

/** Copies the value of the button that was pressed, if it was a copy button. */
export async function copyFrom(event) {
  const button = event.target.closest('.copy')
  if (button) {
    await copyText(button.value)
    mark(button)
    announce(`Copied ${button.value}`)
  }
}

/** Over plain HTTP browsers offer no clipboard, so a selection is copied instead. */
async function copyText(text) {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text)
  }
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'sr-only'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}

function mark(button) {
  const icon = button.querySelector('use')
  button.dataset.copied = ''
  icon.setAttribute('href', '#icon-check')
  setTimeout(() => {
    delete button.dataset.copied
    icon.setAttribute('href', '#icon-copy')
  }, SHOWN_MS)
}

/** Keys of the whole page. Nothing happens while somebody types, in a dialog, or with a modifier held. */
export function pressKey(event) {
  const isTyping = event.target.closest?.('input, textarea, select, [contenteditable]')
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping || document.querySelector('dialog[open]')) {
    return
  }
  const act = ACTS[event.key] ?? (() => press(`[data-key="${CSS.escape(event.key)}"]`))
  if (act() !== false) event.preventDefault()
}

export function keysDialog() {
  return {
    clickAway(event) {
      if (event.target === this.$root) this.$root.close()
    },
    close() {
      this.$root.close()
    },
  }
}

const ACTS = {
  '/': () => focusOn(document.querySelector('[data-search]')),
  'e': () => press('[data-row]:focus-within [data-edit]') || press('[data-key="e"]'),
  'j': () => moveRow(1),
  'k': () => moveRow(-1),
  '?': () => document.getElementById('keys').showModal(),
}

function press(selector) {
  const control = document.querySelector(selector)
  control?.click()
  return control !== null
}

function focusOn(control) {
  control?.focus()
  control?.select?.()
  return control !== null
}

function moveRow(step) {
  const links = [...document.querySelectorAll('[data-row] .row-link')]
  const present = links.findIndex((link) => link.closest('[data-row]').contains(document.activeElement))
  const next = present === -1 ? (step > 0 ? 0 : links.length - 1) : present + step
  return focusOn(links[next] ?? null)
}

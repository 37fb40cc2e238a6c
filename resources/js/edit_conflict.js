/** Puts one of two values into the form below: the one that was typed, or somebody else's. */
export function editConflict() {
  return {
    use(event) {
      const button = event.currentTarget
      const form = this.$root.parentElement.querySelector('[data-edit-form]')
      form.elements[button.dataset.field].value = button.value
      for (const other of button.parentElement.querySelectorAll('button')) {
        other.setAttribute('aria-pressed', String(other === button))
      }
    },
  }
}

/** Closes a menu made of `<details>` when one clicks elsewhere or presses Escape. */
export function menu() {
  return {
    close() {
      if (this.$root.open && this.$root.contains(document.activeElement)) {
        this.$root.querySelector('summary').focus()
      }
      this.$root.open = false
    },
  }
}

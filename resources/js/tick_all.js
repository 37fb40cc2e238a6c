/** The box in the head of a table ticks or clears every box of its rows. */
export function tickAll() {
  return {
    toggle(event) {
      for (const box of this.$root.querySelectorAll('tbody input[type="checkbox"]')) {
        box.checked = event.target.checked
      }
    },
  }
}

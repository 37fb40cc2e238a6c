/** The box in the head of a table ticks or clears every box of its rows, and says whether all, some or none are ticked. */
export function tickAll() {
  return {
    change({ target }) {
      const head = this.$root.querySelector('thead input[type="checkbox"]')
      const boxes = [...this.$root.querySelectorAll('tbody input[type="checkbox"]')]
      if (target === head) {
        boxes.forEach((box) => (box.checked = head.checked))
      } else if (head && boxes.includes(target)) {
        const ticked = boxes.filter((box) => box.checked).length
        head.checked = ticked === boxes.length
        head.indeterminate = ticked > 0 && ticked < boxes.length
      }
    },
  }
}

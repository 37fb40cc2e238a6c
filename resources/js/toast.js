const SHOWN_MS = 8000

/** A toast leaves by itself, unless somebody is about to use it. A failure stays until it is dismissed. */
export function toast() {
  return {
    isOpen: true,

    init() {
      if (!this.$root.classList.contains('toast-bad')) {
        setTimeout(() => this.leave(), SHOWN_MS)
      }
    },

    leave() {
      if (this.$root.matches(':hover, :focus-within')) {
        setTimeout(() => this.leave(), SHOWN_MS)
      } else {
        this.dismiss()
      }
    },

    dismiss() {
      this.isOpen = false
    },
  }
}

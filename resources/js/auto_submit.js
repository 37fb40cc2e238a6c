/** A form of filters that is sent as soon as one of them is changed. */
export function autoSubmit() {
  return {
    submit() {
      this.$root.requestSubmit()
    },
  }
}

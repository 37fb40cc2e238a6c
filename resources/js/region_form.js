import { sendForm, showFailure, showToasts, swapRegions } from './page.js'

/** Sends a form of a region (`data-region`) and shows only that region anew. */
export function regionForm() {
  return {
    async send(event) {
      const form = event.target
      const button = form.querySelector('button[type="submit"]')
      button.disabled = true
      button.setAttribute('aria-busy', 'true')
      try {
        const { page } = await sendForm(form, null)
        showToasts(page)
        swapRegions(page, [form.dataset.region])
      } catch (error) {
        showFailure(error)
      } finally {
        button.disabled = false
        button.removeAttribute('aria-busy')
      }
    },
  }
}

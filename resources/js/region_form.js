import { sendForm, showFailure, showToasts, swapRegions } from './page.js'

/** Sends a form of a region (`data-region`) and shows only that region anew. */
export function regionForm() {
  return {
    async send(event) {
      const form = event.target
      const button = event.submitter ?? form.querySelector('button[type="submit"]')
      if (button.hasAttribute('aria-busy')) {
        return
      }
      button.setAttribute('aria-disabled', 'true')
      button.setAttribute('aria-busy', 'true')
      try {
        const { page } = await sendForm(form, button)
        showToasts(page)
        swapRegions(page, [form.dataset.region])
      } catch (error) {
        showFailure(error)
      } finally {
        button.removeAttribute('aria-disabled')
        button.removeAttribute('aria-busy')
      }
    },
  }
}

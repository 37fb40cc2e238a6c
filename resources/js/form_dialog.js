import { fetchPage, refreshMain, sendForm, showFailure, showToasts, toastsOf } from './page.js'

/**
 * Opens the pages that links with `data-dialog` lead to in a dialog, and sends their forms from there. A form that comes
 * back with faults stays open; any other answer closes the dialog and shows the page below as it is now.
 */
export function formDialog() {
  return {
    address: null,
    opener: null,

    follow(event) {
      const link = event.target.closest?.('a[data-dialog]')
      if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
        event.preventDefault()
        this.open(link)
      }
    },

    async open(link) {
      try {
        const { page } = await fetchPage(link.href)
        this.opener = link.getAttribute('href')
        this.fill(page, link.href)
        this.$root.showModal()
        this.focusFirst()
      } catch (error) {
        showFailure(error)
      }
    },

    async send(event) {
      event.preventDefault()
      const button = event.submitter
      button?.setAttribute('aria-disabled', 'true')
      try {
        const { page, url } = await sendForm(event.target, button, this.address)
        if (samePath(url, this.address)) {
          this.fill(page, url)
          this.$refs.body.prepend(...toastsOf(page))
          this.focusFirst()
        } else {
          showToasts(page)
          this.$root.close()
          await this.showBelow(url)
        }
      } catch (error) {
        showFailure(error)
      } finally {
        button?.removeAttribute('aria-disabled')
      }
    },

    /** The page below may be about what was just deleted; then the answer's own page takes its place. */
    async showBelow(url) {
      await refreshMain().catch(() => window.location.assign(url))
      document.querySelector(`a[href="${CSS.escape(this.opener)}"]`)?.focus()
    },

    fill(page, address) {
      const title = page.querySelector('h1')?.textContent.trim() ?? 'Form'
      this.address = address
      this.$root.setAttribute('aria-label', title)
      this.$refs.body.replaceChildren(...page.getElementById('main').childNodes)
    },

    focusFirst() {
      const body = this.$refs.body
      const control = body.querySelector('[aria-invalid="true"]') ?? body.querySelector('[autofocus], .input, button')
      control?.focus()
    },

    submitForm(event) {
      event.target.closest('form')?.requestSubmit()
    },

    clickAway(event) {
      if (event.target === this.$root || event.target.closest('[data-close]')) {
        event.preventDefault()
        this.close()
      }
    },

    close() {
      this.$root.close()
      this.$refs.body.replaceChildren()
    },
  }
}

function samePath(one, other) {
  return new URL(one).pathname === new URL(other).pathname
}

import { announce, fetchPage, swapRegions } from './page.js'

const PAUSE_MS = 1000
const PAUSE_AFTER_FAILURE_MS = 5000

/** Brings a region up to date every second as long as the server marks it `data-live`. */
export function liveRegion() {
  return {
    timer: null,

    init() {
      this.wait(PAUSE_MS)
    },

    destroy() {
      clearTimeout(this.timer)
    },

    wait(pause) {
      if (this.region()?.hasAttribute('data-live')) {
        this.timer = setTimeout(() => this.renew(), pause)
      }
    },

    async renew() {
      try {
        const { page } = await fetchPage(window.location.href)
        swapRegions(page, [this.$root.dataset.region])
        this.finish()
        this.wait(PAUSE_MS)
      } catch {
        this.wait(PAUSE_AFTER_FAILURE_MS)
      }
    },

    /** The parts of the page outside the region, such as its buttons, are those of a finished run only now. */
    finish() {
      const { said } = this.region().dataset
      if (!this.region().hasAttribute('data-live') && said) {
        announce(said)
        document.querySelectorAll('.page-actions [disabled]').forEach((button) => button.removeAttribute('disabled'))
        document.querySelector('.page-lead')?.replaceChildren(said.slice(said.indexOf('. ') + 2))
      }
    },

    region() {
      return document.getElementById(this.$root.dataset.region)
    },
  }
}

import { announce, fetchPage, showFailure, swapRegions } from './page.js'

const PAUSE_MS = 120
const REGIONS = ['more', 'facets', 'results']

/**
 * The instant search of the inventory. Typing asks the server after a pause; an older request is given up; the old rows
 * stay until the new ones are there; the address follows, so that a reload or a shared link shows the same.
 */
export function assetSearch() {
  return {
    request: null,
    timer: null,

    type(event) {
      if (event.target.matches('[data-instant]')) {
        clearTimeout(this.timer)
        this.timer = setTimeout(() => this.show(this.address(), 'replace'), PAUSE_MS)
      }
    },

    apply(event) {
      if (event.type !== 'change' || event.target.tagName === 'SELECT') {
        clearTimeout(this.timer)
        this.show(this.address(), 'push')
      }
    },

    clear(event) {
      if (event.target.value !== '') {
        event.preventDefault()
        event.target.value = ''
        this.show(this.address(), 'replace')
      }
    },

    /** Chips, headings, and the links from page to page. */
    follow(event) {
      const link = event.target.closest('.chip, .sort, [data-page]')
      if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
        event.preventDefault()
        const isPage = link.matches('[data-page]')
        this.show(link.href, 'push').then(() => isPage && window.scrollTo({ top: 0 }))
      }
    },

    restore() {
      this.show(window.location.href, null)
    },

    /** The box shows what the address says, unless somebody is typing in it. */
    showSearched() {
      const box = this.$refs.form.querySelector('[data-instant]')
      if (document.activeElement !== box) {
        box.value = new URLSearchParams(window.location.search).get('search') ?? ''
      }
    },

    address() {
      const given = [...new FormData(this.$refs.form)].filter(
        ([name, value]) => value !== '' && !(name === 'sort' && value === 'hostname')
      )
      const params = new URLSearchParams(given.map(([name, value]) => [name, value.trim()]))
      const path = this.$refs.form.getAttribute('action')
      return params.size === 0 ? path : `${path}?${params}`
    },

    async show(address, history) {
      this.request?.abort()
      const request = new AbortController()
      this.request = request
      this.$root.dataset.busy = ''
      try {
        const { page } = await fetchPage(address, { signal: request.signal })
        swapRegions(page, REGIONS)
        if (history !== null) {
          window.history[`${history}State`](null, '', address)
        }
        this.showSearched()
        announce(document.getElementById('count').textContent)
      } catch (error) {
        if (!request.signal.aborted) showFailure(error)
      } finally {
        if (this.request === request) delete this.$root.dataset.busy
      }
    },
  }
}

/*
| How the console brings parts of a page up to date: it asks for the page without its frame and puts the named regions
| in place of the old ones. The server renders everything; scripts render nothing.
*/

/**
 * Asks for a page without its frame, following redirects. Resolves to the document and the address it came from.
 * A session that ended leads to the page for signing in; any other failure is thrown with a sentence.
 */
export async function fetchPage(url, options = {}) {
  const response = await fetch(url, {
    ...options,
    headers: { 'X-Fragment': 'page', 'Accept': 'text/html', ...options.headers },
  })
  if (new URL(response.url).pathname.endsWith('/login')) {
    window.location.assign(response.url)
    return new Promise(() => {})
  }
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  if (!response.ok) {
    throw new Error(page.querySelector('main p')?.textContent?.trim() || `The server answered ${response.status}.`)
  }
  return { page, url: response.url }
}

/** Sends a form as the browser would, from the page at `from` (where the server sends it back to after a fault). */
export function sendForm(form, submitter, from = window.location.href) {
  const fields = new FormData(form, submitter)
  return fetchPage(form.action, {
    method: 'POST',
    body: form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields),
    referrer: from,
  })
}

/** Puts the regions of these ids, as the page has them, in place of the present ones. Focus and scroll stay. */
export function swapRegions(page, ids) {
  for (const id of ids) {
    const next = page.getElementById(id)
    const present = document.getElementById(id)
    if (next && present) {
      const path = focusPath(present)
      present.replaceWith(document.adoptNode(next))
      restoreFocus(next, path)
    }
  }
}

/** Shows the present page anew, from the server. */
export async function refreshMain() {
  const { page } = await fetchPage(window.location.href)
  const main = document.getElementById('main')
  main.replaceChildren(...page.getElementById('main').childNodes)
  showToasts(page)
}

/** What the page has to say about the last act. */
export function toastsOf(page) {
  return page.querySelectorAll('#toasts > .toast')
}

export function showToasts(page) {
  const toasts = toastsOf(page)
  if (toasts.length > 0) {
    document.getElementById('toasts').replaceChildren(...toasts)
  }
}

/** Says a failure in a toast. */
export function showFailure(error) {
  const text = document.createElement('p')
  text.className = 'toast-text'
  text.textContent = error instanceof TypeError ? 'The server cannot be reached. Is the network up?' : error.message
  const box = document.createElement('div')
  box.className = 'toast toast-bad'
  box.setAttribute('x-data', 'toast')
  box.setAttribute('x-show', 'isOpen')
  box.append(text)
  document.getElementById('toasts').replaceChildren(box)
}

/** Has a screen reader say a sentence. */
export function announce(sentence) {
  document.getElementById('announcer').textContent = sentence
}

function focusPath(region) {
  const active = region.contains(document.activeElement) ? document.activeElement : null
  return active && { href: active.getAttribute('href'), name: active.getAttribute('name') }
}

function restoreFocus(region, path) {
  if (path) {
    const same = [...region.querySelectorAll('a, select, input, button')].find(
      (control) => control.getAttribute('href') === path.href && control.getAttribute('name') === path.name
    )
    same?.focus()
  }
}

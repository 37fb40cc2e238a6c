import { TEST_PASSWORD } from '#database/factories/user_factory'
import { sendRaw, type RawAnswer } from '#tests/helpers/raw_request'

const PAGE = { Accept: 'text/html' }

/** The cookies of an answer as a browser sends them back. */
export function cookiesOf({ headers }: RawAnswer): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Opens the sign-in form as a browser without cookies does: its cookies and the value of its hidden field. */
export async function openSignIn(): Promise<{ cookies: string; csrf: string }> {
  const form = await sendRaw('GET', '/login', PAGE)
  return { cookies: cookiesOf(form), csrf: readCsrf(form) }
}

/** Sends a form with these cookies, as the page of the console would. */
export function sendForm(path: string, cookies: string, fields: Record<string, string>): Promise<RawAnswer> {
  const headers = { ...PAGE, 'Cookie': cookies, 'Content-Type': 'application/x-www-form-urlencoded' }
  return sendRaw('POST', path, headers, String(new URLSearchParams(fields)))
}

/** Signs in by the form; answers the cookies of the session. */
export async function signInByForm(username: string, password = TEST_PASSWORD): Promise<string> {
  const { cookies, csrf } = await openSignIn()
  return cookiesOf(await sendForm('/login', cookies, { username, password, _csrf: csrf }))
}

/** Where the first page sends whoever brings these cookies; null if it lets them in. */
export async function sentTo(cookies: string): Promise<string | null> {
  const answer = await sendRaw('GET', '/', { ...PAGE, Cookie: cookies })
  return answer.headers.get('location')
}

/** Signs in and opens a page with a form: what a form then needs to be taken for one of our own. */
export async function openConsole(username: string): Promise<{ cookies: string; csrf: string }> {
  const session = await signInByForm(username)
  const page = await sendRaw('GET', '/account', { ...PAGE, Cookie: session })
  return { cookies: cookiesOf(page) || session, csrf: readCsrf(page) }
}

function readCsrf({ text }: RawAnswer): string {
  return /name=['"]_csrf['"][^>]*value=['"]([^'"]+)/.exec(text)![1]!
}

/** What begins in an attribute of an element and leads to a page, an action or a file of ours. */
const ADDRESSES = /(\s(?:href|src|action|formaction)=")\//g

/**
 * The path below which LAIM is served on a host that it shares, such as `/laim`. Addresses inside LAIM know nothing of it:
 * it is cut off what comes in and set before what goes out.
 */
export class BasePath {
  readonly #base: string

  constructor(base: string) {
    this.#base = base
  }

  /** A path, with or without its query, as LAIM knows it. One that is not below the base stays as it is. */
  cut(path: string): string {
    const rest = path.slice(this.#base.length)
    if (!path.startsWith(this.#base) || !/^([/?]|$)/.test(rest)) {
      return path
    }
    return rest.startsWith('/') ? rest : `/${rest}`
  }

  /** As `cut`, for a whole URL. Anything else stays as it is. */
  cutUrl(url: string): string {
    if (!URL.canParse(url)) {
      return url
    }
    const parsed = new URL(url)
    parsed.pathname = this.cut(parsed.pathname)
    return parsed.href
  }

  /** The value of a header `Location` or `Link`, for somebody outside. A whole URL stays as it is. */
  before(address: string): string {
    return address.replace(/^(<?)\//, `$1${this.#base}/`)
  }

  /** A page, for somebody outside. Text cannot look like an attribute: its quotes are escaped. */
  beforeAll(markup: string): string {
    return markup.replace(ADDRESSES, `$1${this.#base}/`)
  }
}

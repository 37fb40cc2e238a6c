import type { JsonObject } from '@laim/sdk'
import Assembler from 'stream-json/assembler.js'
import { jsonParser, type Token } from 'stream-json/parser.js'

/** Deeper elements than this are no records. */
const MAX_DEPTH = 100

/** The text is not JSON, or an element of it is nested beyond reason. */
export class UnreadableJson extends Error {}

/**
 * Picks the elements of one array out of JSON that arrives in pieces. `path` is the keys that lead to the array;
 * empty for an array at the root. Memory is that of one element.
 */
export class JsonArrayReader {
  readonly #tokenize = jsonParser({ streamValues: false })
  readonly #path: readonly string[]
  /** Key that each open container outside the array is at; null for arrays. */
  readonly #open: (string | null)[] = []
  #element: Assembler | null = null
  #isInside = false

  /** True once an object or array was opened. */
  hasBegun = false
  /** Plain values of the outermost object, as far as they were read. */
  readonly envelope: JsonObject = {}
  /** True once the array was met. */
  isFound = false
  /** True once the outermost value was closed. */
  isComplete = false

  constructor(path: readonly string[]) {
    this.#path = path
  }

  /**
   * Takes the next piece of text and returns the elements it completed.
   *
   * @throws UnreadableJson
   */
  push(text: string): unknown[] {
    const elements: unknown[] = []
    for (const token of this.#tokens(text)) {
      if (this.#isInside) {
        this.#readInside(token, elements)
      } else {
        this.#readOutside(token)
      }
    }
    return elements
  }

  #tokens(text: string): readonly Token[] {
    try {
      const out = this.#tokenize(text) as symbol | { values: readonly Token[] }
      return typeof out === 'symbol' ? [] : out.values
    } catch (cause) {
      throw new UnreadableJson('is not valid JSON', { cause })
    }
  }

  #readInside(token: Token, elements: unknown[]): void {
    if (!this.#element && token.name === 'endArray') {
      this.#isInside = false
      this.#close()
      return
    }
    this.#element ??= new Assembler()
    this.#element.consume(token)
    if (this.#element.done) {
      elements.push(this.#element.current)
      this.#element = null
    } else if (this.#element.depth > MAX_DEPTH) {
      throw new UnreadableJson(`has an element nested deeper than ${MAX_DEPTH} levels`)
    }
  }

  #readOutside(token: Token): void {
    const { name } = token
    if (name === 'startArray') {
      this.#isInside = !this.isFound && this.#isAtPath()
      this.isFound ||= this.#isInside
    }
    if (name === 'startArray' || name === 'startObject') {
      this.#enter()
    } else if (name === 'endArray' || name === 'endObject') {
      this.#close()
    } else if (name === 'keyValue') {
      this.#open[this.#open.length - 1] = token.value
    } else {
      this.#noteEnvelope(token)
    }
  }

  #enter(): void {
    this.hasBegun = true
    this.#open.push(null)
  }

  #noteEnvelope(token: Token): void {
    const key = this.#open.length === 1 ? this.#open[0] : null
    if (typeof key !== 'string') return
    if (token.name === 'stringValue') this.envelope[key] = token.value
    if (token.name === 'numberValue') this.envelope[key] = Number(token.value)
    if (token.name === 'trueValue' || token.name === 'falseValue') {
      this.envelope[key] = token.name === 'trueValue'
    }
  }

  #close(): void {
    this.#open.pop()
    this.isComplete = this.#open.length === 0
  }

  #isAtPath(): boolean {
    return this.#open.length === this.#path.length && this.#path.every((key, level) => this.#open[level] === key)
  }
}

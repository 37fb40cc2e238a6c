import { edgeGlobals } from 'edge.js'
import { type MatchPart } from './matched_parts.js'

const { html } = edgeGlobals

/** Markup of our own making, which templates may print as it is. */
type SafeMarkup = ReturnType<typeof html.safe>

/**
 * A line icon of the sprite (partials/icons), as large as the text beside it. Hidden from assistive technology: the
 * word beside it speaks.
 */
export function toIcon(
  name: string,
  { class: className = '', ...attributes }: Record<string, unknown> = {}
): SafeMarkup {
  const attrs = toAttributes({ 'class': ['icon', className], 'aria-hidden': 'true', ...attributes })
  return html.safe(`<svg ${attrs.value}><use href="#icon-${html.escape(name)}"></use></svg>`)
}

/**
 * Attributes of an element, escaped, which those of Edge's own `toAttrs` are not. True is an attribute without a value;
 * false, null and undefined are none. A class may be a list, as `html.classNames` takes it.
 */
export function toAttributes(values: Record<string, unknown>): SafeMarkup {
  const attrs = Object.entries(values)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => {
      const text = name === 'class' ? html.classNames(value as string) : String(value)
      return value === true ? name : `${name}="${html.escape(text)}"`
    })
  return html.safe(attrs.join(' '))
}

/** A text with the parts that a search matched marked; without parts the text alone. */
export function toMarkedText(text: string, parts: readonly MatchPart[] | undefined): SafeMarkup {
  const pieces = parts ?? [{ text, hit: false }]
  const marked = pieces.map((piece) =>
    piece.hit ? `<mark>${html.escape(piece.text)}</mark>` : html.escape(piece.text)
  )
  return html.safe(marked.join(''))
}

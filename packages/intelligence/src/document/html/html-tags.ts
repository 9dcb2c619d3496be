import type { Span } from '../note-document.ts'

/** A token of markup: a tag with its attributes in lower case, or the text between tags. */
export type HtmlToken =
  | (Span & { readonly kind: 'text' })
  | (Span & { readonly kind: 'open' | 'close'; readonly name: string; readonly attributes: string })
  /** Comments, declarations, and content that is not displayed. */
  | (Span & { readonly kind: 'unseen' })

/** Anything longer is text, not a tag. */
const maxTagLength = 4000
const looksLikePage =
  /<!doctype html|<html[\s>]|<body[\s>]|<\/(?:p|div|td|th|tr|table|ul|ol|li|b|strong|em|span|font|h[1-6])\s?>|<(?:br|hr)\s?\/?>|<p>|<li>/i

export const isHtml = (source: string): boolean => looksLikePage.test(source)

/** Finds the next occurrence of a string. Calls move forward only, so each character is read once. */
class Finder {
  readonly #source: string
  readonly #sign: string
  #at = -1

  constructor(source: string, sign: string) {
    this.#source = source
    this.#sign = sign
  }

  /** The first occurrence at or after `from`, else the end of the source. `from` must not decrease. */
  from(from: number): number {
    if (this.#at < from) {
      const at = this.#source.indexOf(this.#sign, from)
      this.#at = at === -1 ? this.#source.length : at
    }
    return this.#at
  }
}

/** The tokens of a page in order, in one pass. Nesting is not tracked, so a missing end tag does no harm. */
export function* htmlTokens(source: string): Generator<HtmlToken> {
  const lessThan = new Finder(source, '<')
  const greater = new Finder(source, '>')
  const commentEnd = new Finder(source, '-->')
  const unshownEnds = new Map<string, Finder>()
  let textFrom = 0
  let at = lessThan.from(0)
  while (at < source.length) {
    const tag = tagAt(source, at, greater, commentEnd)
    if (tag === undefined) {
      at = lessThan.from(at + 1)
      continue
    }
    if (at > textFrom) yield { kind: 'text', start: textFrom, end: at }
    yield tag
    let { end } = tag
    if (tag.kind === 'open' && /^(?:script|style|title|template|noscript)$/.test(tag.name)) {
      const finder = unshownEnds.get(tag.name) ?? new Finder(source, `</${tag.name}`)
      unshownEnds.set(tag.name, finder)
      const close = finder.from(end)
      if (close < source.length) {
        yield { kind: 'unseen', start: end, end: close }
        end = close
      }
    }
    textFrom = end
    at = lessThan.from(end)
  }
  if (textFrom < source.length) yield { kind: 'text', start: textFrom, end: source.length }
}

function tagAt(
  source: string,
  at: number,
  greater: Finder,
  commentEnd: Finder,
): HtmlToken | undefined {
  if (source.startsWith('<!--', at)) {
    const end = commentEnd.from(at)
    return end === source.length ? undefined : { kind: 'unseen', start: at, end: end + 3 }
  }
  if (!/[a-z/!?]/i.test(source.charAt(at + 1))) return undefined
  const end = greater.from(at) + 1
  if (end > source.length || end - at > maxTagLength) return undefined
  const text = source.slice(at + 1, end - 1).toLowerCase()
  if (/^[!?]/.test(text)) return { kind: 'unseen', start: at, end }
  const name = /^\/?([a-z][a-z0-9]*)(?=[\s/]|$)/.exec(text)?.[1]
  if (name === undefined) return undefined
  return { kind: text.startsWith('/') ? 'close' : 'open', start: at, end, name, attributes: text }
}

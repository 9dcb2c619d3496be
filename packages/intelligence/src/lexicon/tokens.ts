import type { Span } from '../document/note-document.ts'
import { stemOf } from './stem.ts'

/** A word, a number or a mark of a text. */
export interface Token extends Span {
  readonly kind: 'word' | 'number' | 'mark'
  /** The lookup form: the stem of a word; a number or mark unchanged. */
  readonly stem: string
  /** In lower case, without apostrophes. */
  readonly word: string
  /** Preceded by white space or the beginning of the text. */
  readonly isSpaced: boolean
}

/**
 * An apostrophe in the encodings that charts contain: straight, curly, as an HTML entity, as the byte of
 * Windows-1252.
 */
const apostrophes = new Set(["'", '’', '‘', '\u02bc', '\u0092', '\u0060', '´'])
const apostropheEntity = /&(?:#39|#x27|#8217|#x2019|apos|rsquo);/y
const otherEntity = /&(?:nbsp|#160|amp|lt|gt|quot);/y
const entityMarks: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
])
const anyApostrophe = /['’‘\u02bc\u0092\u0060´]|&(?:#39|#x27|#8217|#x2019|apos|rsquo);/g
const letter = /[\p{L}\p{M}\u200b-\u200f\u00ad]/u
const isPlain = /^[a-z]+$/
/** "HAs", "MRIs": the plural of an abbreviation in capitals. */
const pluralOfCapitals = /^[A-Z]{2,}s$/
const dash = /^[‐‑‒–—−]$/
/** "q.d.", "i.v." */
const dotted = /\p{L}\.(?:\p{L}\.)+(?!\p{L})/uy
/** "h/o", "s/p" */
const slashed = /\p{L}\/\p{L}(?![\p{L}\d/])/uy
const number = /\d+(?:[.,:/]\d+)*/y
const sign = /\([+\-–−]\)/y

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
  return code >= 0xaa && letter.test(text.charAt(at))
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

function isSpace(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code <= 32 || code === 160 || (code > 0x167f && /\s/.test(text.charAt(at)))
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

function endOfApostrophe(text: string, at: number): number {
  if (apostrophes.has(text.charAt(at))) return at + 1
  return text.charAt(at) === '&' ? endOf(apostropheEntity, text, at) : -1
}

/** Up to this many digits at the end of a word belong to it ("L5"). */
const maxDigits = 6

function endOfWord(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    while (at < text.length && isLetter(text, at)) at += 1
    const behind = endOfApostrophe(text, at)
    if (behind < 0 || !isLetter(text, behind)) break
    at = behind
  }
  const end = at + maxDigits
  while (at < end && isDigit(text, at)) at += 1
  return at
}

interface Form {
  readonly word: string
  readonly stem: string
}

const maxForms = 50_000
const forms = new Map<string, Form>()

function formOf(raw: string): Form {
  const before = forms.get(raw)
  if (before !== undefined) return before
  const word = wordOf(raw)
  const form = { word, stem: stemOf(word) }
  if (raw.length <= 40) {
    if (forms.size >= maxForms) forms.clear()
    forms.set(raw, form)
  }
  return form
}

function wordOf(raw: string): string {
  if (pluralOfCapitals.test(raw)) return raw.slice(0, -1).toLowerCase()
  const lower = raw.toLowerCase()
  if (isPlain.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}\u200b-\u200f\u00ad]/gu, '')
    .replace(anyApostrophe, "'")
    .replace(/'s$/, '')
    .replaceAll("'", '')
}

/** A word that begins here: its end, and its form if it differs from the text. */
function readWord(text: string, at: number): { readonly end: number; readonly word?: string } {
  const next = text.charAt(at + 1)
  if (next === '.') {
    const end = endOf(dotted, text, at)
    if (end > 0) return { end, word: text.slice(at, end).toLowerCase().replaceAll('.', '') }
  }
  if (next === '/') {
    const end = endOf(slashed, text, at)
    if (end > 0) return { end, word: text.slice(at, end).toLowerCase() }
    if (/[wW]/.test(text.charAt(at))) return { end: at + 2, word: 'with' }
  }
  // "x8" is a multiplier.
  if (/[xX×]/.test(text.charAt(at)) && isDigit(text, at + 1)) return { end: at + 1, word: 'x' }
  return { end: endOfWord(text, at) }
}

/** The tokens of `source.slice(start, end)`, with offsets into the source. Linear. */
export function tokensOf(source: string, { start, end }: Span): readonly Token[] {
  const text = source.slice(start, end)
  const tokens: Token[] = []
  let last = -1
  let at = 0
  while (at < text.length) {
    if (isSpace(text, at)) {
      at += 1
      continue
    }
    const from = at
    if (isLetter(text, at) || text.charAt(at) === '×') {
      const read = text.charAt(at) === '×' ? { end: at + 1, word: 'x' } : readWord(text, at)
      at = read.end
      const form =
        read.word === undefined
          ? formOf(text.slice(from, at))
          : { word: read.word, stem: read.word }
      tokens.push({
        start: start + from,
        end: start + at,
        isSpaced: from !== last,
        kind: 'word',
        word: form.word,
        stem: form.stem,
      })
    } else if (isDigit(text, at)) {
      at = endOf(number, text, at)
      const digits = text.slice(from, at)
      tokens.push({
        start: start + from,
        end: start + at,
        isSpaced: from !== last,
        kind: 'number',
        word: digits,
        stem: digits,
      })
    } else {
      at = endOfMark(text, at)
      const raw = text.slice(from, at)
      if (raw === '&nbsp;' || raw === '&#160;') continue
      const mark = entityMarks.get(raw) ?? (dash.test(raw) ? '-' : raw.replace(/[–−]/, '-'))
      tokens.push({
        start: start + from,
        end: start + at,
        isSpaced: from !== last,
        kind: 'mark',
        word: mark,
        stem: mark,
      })
    }
    last = at
  }
  return tokens
}

function endOfMark(text: string, at: number): number {
  const char = text.charAt(at)
  const end =
    char === '(' ? endOf(sign, text, at) : char === '&' ? endOf(otherEntity, text, at) : -1
  if (end > 0) return end
  const point = text.codePointAt(at) ?? 0
  return at + (point > 0xffff ? 2 : 1)
}

/** The tokens of a standalone text. */
export function tokensOfText(text: string): readonly Token[] {
  return tokensOf(text, { start: 0, end: text.length })
}

const kept = new WeakMap<Span, { readonly source: string; readonly tokens: readonly Token[] }>()

/** The same, cached for the lifetime of the span object, because several stages read a unit. */
export function cachedTokensOf(source: string, span: Span): readonly Token[] {
  const before = kept.get(span)
  if (before?.source === source) return before.tokens
  const tokens = tokensOf(source, span)
  kept.set(span, { source, tokens })
  return tokens
}

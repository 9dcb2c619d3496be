import type { Span } from '../document/note-document.ts'
import { stemOf } from './stem.ts'

/** A word, a number or a mark of a text. */
export interface Token extends Span {
  readonly kind: 'word' | 'number' | 'mark'
  /** What it is looked up by: the stem of a word, a number or mark as it stands. */
  readonly stem: string
  /** In lower case, without apostrophe, as long as need be. */
  readonly word: string
  /** White space (or the beginning of the text) stands before it. */
  readonly isSpaced: boolean
}

/** An apostrophe in the ways that charts hold it: straight, curly, as an HTML entity, as the byte of Windows-1252. */
const apostrophe = String.raw`(?:['’‘\u02bc\u0092\u0060´]|&(?:#39|#x27|#8217|#x2019|apos|rsquo);)`

const piece = new RegExp(
  [
    // A mark of white space in HTML.
    String.raw`&nbsp;|&#160;`,
    // "q.d.", "i.v."
    String.raw`(?<dotted>(?<![\p{L}\d])\p{L}\.(?:\p{L}\.)+(?!\p{L}))`,
    // "h/o", "s/p", "w/o"
    String.raw`(?<slashed>(?<![\p{L}\d/])\p{L}/\p{L}(?![\p{L}\d/]))`,
    String.raw`(?<with>(?<![\p{L}\d/])w/)`,
    // "x8" is a factor.
    String.raw`(?<times>(?<![\p{L}\d])[xX×](?=\d))`,
    String.raw`(?<word>\p{L}[\p{L}\p{M}\u200b-\u200f\u00ad]*(?:${apostrophe}\p{L}+)*\d{0,6})`,
    String.raw`(?<number>\d+(?:[.,:/]\d+)*)`,
    String.raw`(?<sign>\([+\-–−]\))`,
    String.raw`(?<mark>&(?:amp|lt|gt|quot);|\S)`,
  ].join('|'),
  'gu',
)

const entities: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
])
const anyApostrophe = new RegExp(apostrophe, 'gu')
const isPlain = /^[a-z]+$/
/** "HAs", "MRIs": the plural of a short form in capitals. */
const pluralOfCapitals = /^[A-Z]{2,}s$/

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

const dashes = /^[‐‑‒–—−]$/

/** The tokens of `source.slice(start, end)`, with offsets into the source. Linear. */
export function tokensOf(source: string, { start, end }: Span): readonly Token[] {
  const text = source.slice(start, end)
  const tokens: Token[] = []
  let last = -1
  for (const match of text.matchAll(piece)) {
    const raw = match[0]
    const from = match.index
    const groups = match.groups ?? {}
    if (raw === '&nbsp;' || raw === '&#160;') continue
    const at = { start: start + from, end: start + from + raw.length, isSpaced: from !== last }
    last = from + raw.length
    if (groups['word'] !== undefined) {
      const word = wordOf(raw)
      tokens.push({ ...at, kind: 'word', word, stem: stemOf(word) })
    } else if (groups['number'] !== undefined) {
      tokens.push({ ...at, kind: 'number', word: raw, stem: raw })
    } else if (groups['mark'] !== undefined || groups['sign'] !== undefined) {
      const mark = entities.get(raw) ?? (dashes.test(raw) ? '-' : raw.replace(/[–−]/, '-'))
      tokens.push({ ...at, kind: 'mark', word: mark, stem: mark })
    } else {
      const word =
        groups['with'] !== undefined
          ? 'with'
          : groups['times'] !== undefined
            ? 'x'
            : raw.toLowerCase().replaceAll('.', '')
      tokens.push({ ...at, kind: 'word', word, stem: word })
    }
  }
  return tokens
}

/** The tokens of a text that stands for itself. */
export function tokensOfText(text: string): readonly Token[] {
  return tokensOf(text, { start: 0, end: text.length })
}

const kept = new WeakMap<Span, { readonly source: string; readonly tokens: readonly Token[] }>()

/** The same, kept for as long as the span object lives: a unit is read by more than one stage. */
export function keptTokensOf(source: string, span: Span): readonly Token[] {
  const before = kept.get(span)
  if (before?.source === source) return before.tokens
  const tokens = tokensOf(source, span)
  kept.set(span, { source, tokens })
  return tokens
}

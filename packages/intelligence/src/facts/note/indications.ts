import type { Span } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import { type Token, tokenAt, tokensWithin } from '../values/tokens.ts'

/** How far after a drug its indication may stand, because of dose and length in between; in tokens. */
const reach = 18
/** Number of adjectives that may precede the indication: "for her chronic low back pain". */
const maxBetween = 4
const stops = /^(?:[;.:|]|but|however|then|until|without|not|no)$/
const given = /^(?:for|against|treats?|treating)$/

/**
 * The stated indication of a drug: "methotrexate 20 mg weekly for 6 months for psoriasis", "prednisone
 * (asthma)". `others` are the mentions of its unit, in text order.
 */
export function indicationsOf(
  drug: Span,
  tokens: readonly Token[],
  others: readonly Mention[],
  lexicon: LexiconView,
): readonly Mention[] {
  const { next } = tokensWithin(tokens, drug)
  for (let at = next; at < Math.min(tokens.length, next + reach); at += 1) {
    const { text = '', isGlued } = tokens[at] ?? {}
    if (stops.test(text) && !(text === '.' && isGlued === true && tokens[at + 1]?.isGlued === true))
      return []
    const isBracket = text === '(' && at <= next + 3
    if (!given.test(text) && !isBracket) continue
    const found = others.find(({ start, conceptId }) => {
      const first = start < drug.end ? -1 : tokenAt(tokens, start)
      const between = isBracket ? 0 : maxBetween
      return first > at && first - at - 1 <= between && isTrouble(conceptId, lexicon)
    })
    if (found !== undefined && isClear(tokens, at + 1, tokenAt(tokens, found.start))) return [found]
  }
  return []
}

function isTrouble(conceptId: string, lexicon: LexiconView): boolean {
  // "Duloxetine for mood": a complaint or an observable is an indication.
  return /^(?:finding|sign|disease|observable)$/.test(lexicon.get(conceptId)?.kind ?? '')
}

function isClear(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).every(({ text, kind }) => kind === 'word' && !given.test(text))
}

import type { Span } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'

/** Words that may stand between an act and its bare date: "MRI of the left knee w/o contrast 2021". */
const between =
  /^(?:of|the|a|left|right|l|r|both|bilateral|w|wo|with|without|contrast|plain|at|[:(,/-])$/
const maxDistance = 8

/**
 * Indexes of tokens at which a bare year or "6/12" is a date because it directly follows an act: "MRI brain
 * 2021", "ABG room air 6/12:". Parts of the body and details of the act may stand between.
 */
export function expectedDates(
  tokens: readonly Token[],
  mentions: readonly Mention[],
  lexicon: LexiconView,
): ReadonlySet<number> {
  const expected = new Set<number>()
  const covered = new Set<number>()
  const acts: Span[] = []
  for (const mention of mentions) {
    const kind = lexicon.get(mention.conceptId)?.kind ?? ''
    if (/^(?:study|therapy)$/.test(kind)) acts.push(mention)
    if (!/^(?:study|therapy|site|observable|device)$/.test(kind)) continue
    const { first, next } = tokensWithin(tokens, mention)
    for (let at = first; at < next; at += 1) covered.add(at)
  }
  for (const act of acts) {
    let at = tokensWithin(tokens, act).next
    for (let step = 0; step < maxDistance; step += 1, at += 1) {
      const token = tokens[at]
      if (token?.kind === 'number' && !covered.has(at)) {
        if (isBareDate(tokens, at)) expected.add(at)
        break
      }
      if (token === undefined || !(covered.has(at) || between.test(token.text))) break
    }
  }
  if (acts.length > 0)
    for (const [index] of tokens.entries()) if (isYear(tokens, index)) expected.add(index)
  return expected
}

const measured =
  /^(?:feet|foot|ft|m|meters?|metres?|yards?|miles?|mg|mcg|ml|cc|units?|iu|calories|kcal|steps|hours?|hrs?|cells?|%)$/

/** "Heart ultrasound in pregnancy 1999", "he thinks 2022 or 2023": a year anywhere beside the act. */
function isYear(tokens: readonly Token[], index: number): boolean {
  const { text = '', isGlued = false } = tokens[index] ?? {}
  const next = tokens[index + 1]
  return (
    /^(?:19[4-9]\d|20[0-4]\d)$/.test(text) &&
    !(isGlued && !/^[("'“]$/.test(tokens[index - 1]?.text ?? '')) &&
    !/^[$#<>=]$/.test(tokens[index - 1]?.text ?? '') &&
    !measured.test(next?.text ?? '') &&
    !(
      next?.isGlued === true &&
      /^(?:[a-z]+|\/|\.|-)$/.test(next.text) &&
      tokens[index + 2]?.isGlued === true
    )
  )
}

/** A year, or a month and a day, that is not part of another number. */
function isBareDate(tokens: readonly Token[], index: number): boolean {
  const text = tokens[index]?.text ?? ''
  if (/^(?:19|20)\d{2}$/.test(text)) return true
  return (
    /^\d{1,2}$/.test(text) &&
    tokens[index + 1]?.text === '/' &&
    /^\d{1,2}$/.test(tokens[index + 2]?.text ?? '') &&
    !/^(?:views?|view|leads?|levels?|\/)$/.test(tokens[index + 3]?.text ?? '')
  )
}

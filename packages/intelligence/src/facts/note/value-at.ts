import type { Span } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Days, Measurement, Side } from '../fact.ts'
import { isCode } from '../values/durations.ts'
import { isDash, numberAt, numberOrRangeAt } from '../values/numbers.ts'
import { PhraseTable, type Token } from '../values/tokens.ts'
import { unitAt } from '../values/written-units.ts'
import { convertUnit } from '../values/units.ts'

/** A number that belongs to a measure, with its details. */
export interface Value extends Span {
  readonly first: number
  readonly next: number
  readonly value: number
  readonly high?: number
  readonly comparator?: NonNullable<Measurement['comparator']>
  readonly unit?: string
  readonly outOf?: number
  readonly day?: Days
  readonly isEarlier?: true
  /** The side of this value. @default the side of its measure */
  readonly side?: Side
}

type Comparator = NonNullable<Measurement['comparator']>

const comparators = new PhraseTable<Comparator>([
  [['greater|more|higher', 'than', 'or', 'equal', 'to'], '>='],
  [['less|lower|fewer', 'than', 'or', 'equal', 'to'], '<='],
  [['no|not', 'more|greater', 'than'], '<='],
  [['no|not', 'less', 'than'], '>='],
  [['never|not', 'below|under'], '>='],
  [['never|not', 'above|over'], '<='],
  [['never|not', 'fell|fall|falls|dropped|drop|drops|went|go|dipped|dip', 'below|under'], '>='],
  [['greater|more|higher', 'than'], '>'],
  [['less|lower|fewer', 'than'], '<'],
  [['at', 'least'], '>='],
  [['at', 'most'], '<='],
  [['up', 'to'], '<='],
  [['>', '='], '>='],
  [['<', '='], '<='],
  [['=', '>'], '>='],
  [['=', '<'], '<='],
  [['≥'], '>='],
  [['≤'], '<='],
  [['>|over|above'], '>'],
  [['<|under|below'], '<'],
])

const risen =
  /^(?:came|come|comes|went|goes|go|rose|rise|rises|brought|brings|bring|back|climbed|climbs|got|gets|recovered)$/

/** A value at a token: comparator, number or range, denominator, unit. Undefined if the measure cannot have it. */
export function valueAt(
  tokens: readonly Token[],
  index: number,
  concept: Concept,
  isSingle: boolean,
): Value | undefined {
  // "4/5 -> 3/5": the head of an arrow is not a comparator.
  const isArrow = tokens[index]?.text === '>' && tokens[index].isGlued && isDash(tokens[index - 1])
  if (isArrow) return undefined
  const compared = comparators.at(tokens, index)
  const behindPrefix = compared?.next ?? index
  const isBelowZero = hasSign(tokens, behindPrefix, concept)
  const from = isBelowZero ? behindPrefix + 1 : behindPrefix
  // "Came up to 94%" means 94.
  const isReached = tokens[index]?.text === 'up' && risen.test(tokens[index - 1]?.text ?? '')
  const prefix = isReached ? undefined : compared
  const token = tokens[from]
  if (token === undefined || (token.isGlued && isCode(tokens, from))) return undefined
  const plain = isSingle || isBelowZero ? numberAt(tokens, from) : numberOrRangeAt(tokens, from)
  const read =
    plain === undefined || !isBelowZero ? plain : { value: -plain.value, next: plain.next }
  if (read === undefined) return undefined
  if (
    token.kind === 'word' &&
    concept.kind !== 'score' &&
    !isCounted(tokens, from, read.next, concept)
  )
    return undefined
  if (
    /^(?:st|nd|rd|th|\/|x|[a-z])$/.test(tokens[read.next]?.text ?? '') &&
    tokens[read.next]?.isGlued === true &&
    tokens[read.next]?.text !== '/' &&
    !isSubstage(tokens[read.next]?.text, concept) &&
    unitAt(tokens, read.next, concept.unitWords) === undefined
  )
    return undefined
  const whole = wholeAt(tokens, read.next)
  let next = whole?.next ?? read.next
  const unit = unitAt(tokens, next, concept.unitWords)
  next = unit?.next ?? next
  const isHourly = unit === undefined ? false : unit.ucum === '/h'
  if (
    whole === undefined &&
    tokens[read.next]?.text === '/' &&
    tokens[read.next]?.isGlued === true &&
    !isHourly
  )
    return undefined
  if (
    whole !== undefined &&
    concept.kind !== 'score' &&
    unit?.ucum !== 'mm[Hg]' &&
    concept.unit !== 'mm[Hg]'
  )
    return undefined
  const upper =
    read.high === undefined && !isSingle
      ? upperAt(tokens, next, unit?.ucum, read.value, concept)
      : undefined
  next = upper?.next ?? next
  const postfix = postfixAt(tokens, next)
  next = postfix?.next ?? next
  const high = read.high ?? upper?.value
  if (
    !fits(read.value, unit?.ucum, concept) ||
    (high !== undefined && !fits(high, unit?.ucum, concept))
  )
    return undefined
  const comparator = prefix?.value ?? postfix?.comparator
  return {
    first: index,
    next,
    start: tokens[index]?.start ?? token.start,
    end: tokens[next - 1]?.end ?? token.end,
    value: read.value,
    ...(high === undefined ? {} : { high }),
    ...(comparator === undefined ? {} : { comparator }),
    ...(unit === undefined ? {} : { unit: unit.ucum }),
    ...(whole === undefined || concept.kind !== 'score' ? {} : { outOf: whole.value }),
  }
}

/**
 * "Eleven respiratory events per hour", "three point six per hour": a number in words followed by its unit or a
 * decimal point.
 */
function isCounted(
  tokens: readonly Token[],
  from: number,
  next: number,
  { unit, unitWords }: Concept,
): boolean {
  if (unit !== '/h' || /^(?:a|an|half|couple)$/.test(tokens[from]?.text ?? '')) return false
  return (
    tokens[next - 2]?.text === 'point' ||
    unitAt(tokens, next, unitWords) !== undefined ||
    /^(?:obstructive|respiratory|breathing|apne(?:a|ic)s?|apneas|hypopneas|events?|pauses)$/.test(
      tokens[next]?.text ?? '',
    )
  )
}

/** "ARCO 3b": the letter on a scale of few steps. */
function isSubstage(text: string | undefined, { range }: Concept): boolean {
  return range !== undefined && range[1] <= 7 && /^[a-c]$/.test(text ?? '')
}

const minus = /^(?:-|–|−|minus|negative)$/

/** "T-score -2.8", "minus 2.8": a sign before the number of a measure that can be negative. */
function hasSign(tokens: readonly Token[], index: number, { range }: Concept): boolean {
  const sign = tokens[index]
  const number = tokens[index + 1]
  if (range === undefined || range[0] >= 0 || sign === undefined || number?.kind !== 'number')
    return false
  return minus.test(sign.text) && (sign.kind === 'word' || number.isGlued)
}

/** "8/10", "8 out of 10", "8 on a scale of 0 to 10", "8 on the 0-10 scale". */
function wholeAt(
  tokens: readonly Token[],
  index: number,
): { readonly value: number; readonly next: number } | undefined {
  const isSlash = tokens[index]?.text === '/'
  const isOut = tokens[index]?.text === 'out' && tokens[index + 1]?.text === 'of'
  if (tokens[index]?.text === 'on') return scaleAt(tokens, index + 1)
  if (!isSlash && !isOut) return undefined
  const whole = numberAt(tokens, isSlash ? index + 1 : index + 2)
  return whole === undefined || tokens[whole.next]?.text === '/'
    ? undefined
    : { value: whole.value, next: whole.next }
}

function scaleAt(
  tokens: readonly Token[],
  index: number,
): { readonly value: number; readonly next: number } | undefined {
  let at = index
  while (at < index + 4 && /^(?:a|an|the|scale|of|from|pain)$/.test(tokens[at]?.text ?? '')) at += 1
  const range = numberOrRangeAt(tokens, at)
  if (range?.high === undefined || range.value > 1) return undefined
  const next = isDash(tokens[range.next]) ? range.next + 1 : range.next
  const isScale = tokens[next]?.text === 'scale'
  return isScale || at > index + 1
    ? { value: range.high, next: isScale ? next + 1 : next }
    : undefined
}

/** "(0-10)", "0-10": the scale after a score, not a value. */
export function bareScaleAt(
  tokens: readonly Token[],
  index: number,
  concept: Concept,
): number | undefined {
  if (concept.unit === '/h') return scoringRuleAt(tokens, index)
  if (concept.kind !== 'score') return undefined
  const isBracketed = tokens[index]?.text === '('
  const from = isBracketed ? index + 1 : index
  const range = tokens[from]?.kind === 'number' ? numberOrRangeAt(tokens, from) : undefined
  if (range?.high === undefined || range.value > 1 || range.high < 4) return undefined
  const isWhole = concept.range === undefined || range.high === concept.range[1]
  if (!isWhole && !isBracketed) return undefined
  if (isBracketed) return tokens[range.next]?.text === ')' ? range.next + 1 : undefined
  const behind = tokens[range.next]
  return behind?.kind === 'number' || /^(?::|scale|=)$/.test(behind?.text ?? '')
    ? range.next
    : undefined
}

/** "AHI (4%) 11.8", "AHI (3% rule): 14": the desaturation rule used to count events. */
function scoringRuleAt(tokens: readonly Token[], index: number): number | undefined {
  const isRule =
    tokens[index]?.text === '(' &&
    /^[34]$/.test(tokens[index + 1]?.text ?? '') &&
    tokens[index + 2]?.text === '%'
  if (!isRule) return undefined
  const close = tokens.slice(index + 3, index + 8).findIndex(({ text }) => text === ')')
  return close === -1 ? undefined : index + 4 + close
}

/** "55% to 60%", "55%-60%". */
function upperAt(
  tokens: readonly Token[],
  index: number,
  unit: string | undefined,
  low: number,
  concept: Concept,
) {
  if (unit === undefined || !(isDash(tokens[index]) || tokens[index]?.text === 'to'))
    return undefined
  const high = numberAt(tokens, index + 1)
  const same = high === undefined ? undefined : unitAt(tokens, high.next, concept.unitWords)
  return high !== undefined && high.value > low && same?.ucum === unit
    ? { value: high.value, next: same.next }
    : undefined
}

function postfixAt(
  tokens: readonly Token[],
  index: number,
): { readonly comparator: Comparator; readonly next: number } | undefined {
  const text = tokens[index]?.text ?? ''
  const word = tokens[index + 1]?.text ?? ''
  if (text === '+' && tokens[index]?.isGlued === true) return { comparator: '>=', next: index + 1 }
  if (text !== 'or' && text !== 'and') return undefined
  if (/^(?:more|greater|higher|above|over)$/.test(word))
    return { comparator: '>=', next: index + 2 }
  return /^(?:less|lower|below|fewer|under)$/.test(word)
    ? { comparator: '<=', next: index + 2 }
    : undefined
}

const noScore: ReadonlySet<string> = new Set(['1', '%'])

/** Whether a number in this unit is a possible value of the measure. */
export function fits(
  value: number,
  unit: string | undefined,
  { kind, unit: meant, range }: Concept,
): boolean {
  if (unit !== undefined && kind === 'score' && meant === undefined && !noScore.has(unit))
    return false
  const isSame =
    unit === undefined ||
    meant === undefined ||
    unit === meant ||
    (noScore.has(unit) && noScore.has(meant))
  const converted = isSame ? value : convertUnit(value, unit, meant)
  if (converted === undefined) return false
  return range === undefined || (converted >= range[0] && converted <= range[1])
}

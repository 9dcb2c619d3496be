import { isDash, numberAt, numberOrRangeAt } from './numbers.ts'
import { PhraseTable, type Token } from './tokens.ts'

/** A length of time: at least `days`, at most `maxDays`. */
export interface ReadDuration {
  readonly days: number
  readonly maxDays: number
  /** Tolerance of "3 weeks ago", in days. */
  readonly slackDays: number
  readonly next: number
}

/** Stands for a missing upper limit. */
export const unboundedDays = 36_500

const unitDays: Readonly<Record<string, number>> = {
  day: 1,
  days: 1,
  d: 1,
  night: 1,
  nights: 1,
  week: 7,
  weeks: 7,
  wk: 7,
  wks: 7,
  w: 7,
  month: 365.25 / 12,
  months: 365.25 / 12,
  mo: 365.25 / 12,
  mos: 365.25 / 12,
  mth: 365.25 / 12,
  mths: 365.25 / 12,
  year: 365.25,
  years: 365.25,
  yr: 365.25,
  yrs: 365.25,
}
const plurals: ReadonlySet<string> = new Set(['days', 'weeks', 'months', 'years'])

/** Words between the number and its unit: "6 full weeks". */
const fillers: ReadonlySet<string> = new Set([
  'full',
  'consecutive',
  'whole',
  'continuous',
  'more',
  'additional',
  'calendar',
  'straight',
  'good',
  'solid',
  'plus',
])

/** Quantities without a number, in units of the following noun: minimum and maximum. */
const vague: Readonly<Record<string, readonly [least: number, most: number]>> = {
  few: [2, 5],
  several: [3, unboundedDays],
  many: [3, unboundedDays],
  multiple: [2, unboundedDays],
  some: [2, unboundedDays],
  numerous: [3, unboundedDays],
}

export function timeUnitDays(token: Token | undefined): number | undefined {
  return token === undefined ? undefined : unitDays[token.text.replace(/'s?$/, '')]
}

/** Single letters are a unit of time only directly after a number: "8w", "3 d". */
function unitAt(tokens: readonly Token[], index: number): number | undefined {
  const token = tokens[index]
  const days = timeUnitDays(token)
  if (token === undefined || days === undefined) return undefined
  return token.text.length > 1 || token.isGlued ? days : undefined
}

/**
 * A duration at a token: "8 weeks", "6-8 wks", "8-week", "a month", "several weeks", "two and a half months", "6
 * months and 2 weeks", with a comparator before it ("over 6 weeks", "nearly 3 months", "less than 2 weeks").
 */
export function durationAt(tokens: readonly Token[], index: number): ReadDuration | undefined {
  const bound = boundAt(tokens, index)
  const plain = plainAt(tokens, bound.next)
  if (plain === undefined) return undefined
  return { ...plain, ...bound.apply(plain) }
}

type Range = { readonly days: number; readonly maxDays: number }

interface Bound {
  readonly next: number
  readonly apply: (range: Range) => Range
}

const asSaid = (range: Range): Range => range
const atLeast = ({ days }: Range): Range => ({ days, maxDays: unboundedDays })
const lessThan = ({ maxDays }: Range): Range => ({ days: 0, maxDays: Math.max(0, maxDays - 1) })
const almost = ({ days }: Range): Range => ({
  days: Math.floor(days * 0.8),
  maxDays: Math.max(0, days - 1),
})
const upTo = ({ maxDays }: Range): Range => ({ days: 0, maxDays })

/** Longest first. */
const bounds = new PhraseTable<(range: Range) => Range>([
  [['not', 'even|quite'], lessThan],
  [['no', 'more|longer', 'than'], upTo],
  [['no', 'less|fewer', 'than'], atLeast],
  [['not', 'less|fewer', 'than'], atLeast],
  [['less|fewer|shorter', 'than'], lessThan],
  [['more|greater|longer', 'than'], atLeast],
  [['at', 'least'], atLeast],
  [['at', 'most'], upTo],
  [['up', 'to'], upTo],
  [['a', 'minimum', 'of'], atLeast],
  [['minimum', 'of'], atLeast],
  [['over|exceeding|beyond'], atLeast],
  [['>', '='], atLeast],
  [['<', '='], upTo],
  [['>|≥'], atLeast],
  [['<|≤|under|below'], lessThan],
  [['nearly|almost|just', 'under|shy'], almost],
  [['nearly|almost'], almost],
  [
    [
      'about|approximately|approx|around|roughly|~|≈|circa|only|just|another|total|least|exactly|maybe|perhaps|some',
    ],
    asSaid,
  ],
  [['a', 'total', 'of'], asSaid],
])

function boundAt(tokens: readonly Token[], index: number): Bound {
  // "Two visits over two weeks": spread over them.
  if (tokens[index]?.text === 'over' && isOfVisits(tokens, index))
    return { next: index + 1, apply: asSaid }
  const bound = bounds.at(tokens, index)
  if (bound === undefined) return { next: index, apply: asSaid }
  // "approx. 6 weeks"
  return {
    next: tokens[bound.next]?.text === '.' ? bound.next + 1 : bound.next,
    apply: bound.value,
  }
}

function isOfVisits(tokens: readonly Token[], index: number): boolean {
  return tokens
    .slice(Math.max(0, index - 6), index)
    .some(({ text }) => /^(?:visits?|sessions?|appointments?|treatments?|occasions)$/.test(text))
}

function plainAt(tokens: readonly Token[], index: number): ReadDuration | undefined {
  const some = vagueAt(tokens, index)
  if (some !== undefined) return some
  const amount = amountAt(tokens, index)
  if (amount === undefined) return undefined
  let next = amount.next
  let isMore = false
  if (tokens[next]?.text === '+') {
    isMore = true
    next += 1
  }
  if (isDash(tokens[next])) next += 1
  if (fillers.has(tokens[next]?.text ?? '')) {
    isMore ||= tokens[next]?.text === 'plus'
    next += 1
  }
  const unit = unitAt(tokens, next)
  if (unit === undefined) return undefined
  next += 1
  if (
    tokens[next]?.text === '.' &&
    tokens[next]?.isGlued &&
    /^(?:wk|mo|yr)s?$/.test(tokens[next - 1]?.text ?? '') &&
    tokens[next + 1]?.kind === 'word'
  )
    next += 1
  const days = Math.round(amount.value * unit)
  const half = halfMore(tokens, next)
  const extra =
    half === undefined
      ? furtherAt(tokens, next, unit)
      : { days: Math.round(unit * 0.5), next: half }
  const sum = days + (extra?.days ?? 0)
  next = extra?.next ?? next
  const isOrMore =
    /^(?:or|and)$/.test(tokens[next]?.text ?? '') &&
    /^(?:more|longer|counting)$/.test(tokens[next + 1]?.text ?? '')
  if (isOrMore) next += 2
  const high = amount.high === undefined ? sum : Math.round(amount.high * unit)
  return {
    days: sum,
    maxDays: isMore || isOrMore ? unboundedDays : high,
    slackDays: unit === 1 ? 0 : Math.floor(unit / 2),
    next,
  }
}

/** "a year and a half". */
function halfMore(tokens: readonly Token[], index: number): number | undefined {
  return tokens[index]?.text === 'and' &&
    tokens[index + 1]?.text === 'a' &&
    tokens[index + 2]?.text === 'half'
    ? index + 3
    : undefined
}

/** "6 months and 2 weeks", "1 year 3 months": a smaller unit after a larger one. */
function furtherAt(
  tokens: readonly Token[],
  index: number,
  larger: number,
): { readonly days: number; readonly next: number } | undefined {
  const from = /^(?:and|,)$/.test(tokens[index]?.text ?? '') ? index + 1 : index
  const amount = numberAt(tokens, from)
  if (amount === undefined) return undefined
  const unit = unitAt(tokens, amount.next)
  return unit === undefined || unit >= larger
    ? undefined
    : { days: Math.round(amount.value * unit), next: amount.next + 1 }
}

function amountAt(tokens: readonly Token[], index: number) {
  const read = numberOrRangeAt(tokens, index)
  if (read !== undefined) return tokens[index]?.isGlued && isCode(tokens, index) ? undefined : read
  const isOne = /^(?:a|an|one|each|full|entire|whole)$/.test(tokens[index]?.text ?? '')
  return isOne ? { value: 1, next: index + 1 } : unitAlone(tokens, index)
}

/** "for the past month": the unit without a number means one. */
function unitAlone(tokens: readonly Token[], index: number) {
  const isPast = /^(?:past|last|previous|preceding|prior)$/.test(tokens[index - 1]?.text ?? '')
  const text = tokens[index]?.text ?? ''
  return isPast && timeUnitDays(tokens[index]) !== undefined && !plurals.has(text)
    ? { value: 1, next: index }
    : undefined
}

/** "L5", "T12", "COVID19": digits at the end of a word are not a number, except in "x8". */
export function isCode(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]
  return before?.kind === 'word' && !/^(?:x|q)$/.test(before.text)
}

function vagueAt(tokens: readonly Token[], index: number): ReadDuration | undefined {
  const from =
    tokens[index]?.text === 'a' && tokens[index + 1]?.text !== undefined ? index + 1 : index
  const amount = vague[tokens[from]?.text ?? '']
  if (amount !== undefined) {
    const unit = unitAt(tokens, from + 1)
    if (unit === undefined) return undefined
    return { ...spread(amount, unit), next: from + 2 }
  }
  // "for weeks", "over months": more than one.
  const unit = unitAt(tokens, index)
  if (unit === undefined || !plurals.has(tokens[index]?.text ?? '')) return undefined
  return /^(?:for|over|lasting|of|past|last|x|many|since|×)$/.test(tokens[index - 1]?.text ?? '')
    ? { ...spread([2, unboundedDays], unit), next: index + 1 }
    : undefined
}

function spread([least, most]: readonly [number, number], unit: number) {
  return {
    days: Math.round(least * unit),
    maxDays: most === unboundedDays ? most : Math.round(most * unit),
    slackDays: Math.floor(unit * 2),
  }
}

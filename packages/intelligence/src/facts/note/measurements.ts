import type { Span } from '../../document/note-document.ts'
import { convertUnit } from '../values/units.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Days, Measurement } from '../fact.ts'
import { isCode } from '../values/durations.ts'
import { isDash, numberAt, numberOrRangeAt } from '../values/numbers.ts'
import type { TimeExpression } from '../values/times.ts'
import { PhraseTable, type Token, tokensWithin } from '../values/tokens.ts'
import { unitAt } from '../values/unit-words.ts'

/** A number that stands by a measure, with what is said of it. */
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
}

type Comparator = NonNullable<Measurement['comparator']>

const comparators = new PhraseTable<Comparator>([
  [['greater|more|higher', 'than', 'or', 'equal', 'to'], '>='],
  [['less|lower|fewer', 'than', 'or', 'equal', 'to'], '<='],
  [['no|not', 'more|greater', 'than'], '<='],
  [['no|not', 'less', 'than'], '>='],
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

const linking =
  /^(?:score|scores|scored|index|level|levels|value|rating|ratings|rated|reading|readings|is|are|was|were|of|at|now|today|calculated|measured|estimated|approximately|approx|about|around|currently|current|remains|remained|totals?|total|equals?|the|a|an|his|her|their|be|to|be|found|noted|reported|reports|as|shows|showed|showing|with|by|on|from|improved|increased|decreased|worsened|dropped|declined|rose|fell|went|down|up|has|had|been|average|averaging|avg|mean|worst|best|scale|questionnaire|baseline|initial|initially|previously|prior|previous|post|pre|last|repeat|this|visit|result|results|came|back|documented|recorded|[-=:~,()|–>→<≥≤]|q|in|for|overall|only|just|still|stable|max|lowest|nadir|dipped|desaturated|drops?)$/
const goal =
  /^(?:goal|goals|target|targets|targeting|normal|nl|reference|ref|threshold|cutoff|cut|required|requires|require|must|should|until|if|unless|ideal|expected|minimum|criteria|criterion|aim|aiming|desired|want|wants|wean|maintain|keep|titrate|mcid|norm|norms|requirement|when|goal's|need|needs)$/
const earlier =
  /^(?:from|previously|prior|previous|baseline|initial|initially|was|pre|before|formerly|admission|vs|versus|originally)$/
const later = /^(?:now|today|currently|current|post|to|this|latest|is)$/
const changed =
  /^(?:improved|increased|decreased|worsened|dropped|declined|rose|fell|went|progressed|changed|improving|dropping|declining|increasing|decreasing)$/
const defining =
  /\b(?:means?|defined as|definition|considered|indicates?|qualif(?:y|ies)|threshold|cut-?off|classified|constitutes?|requires?|required|coverage|covers?|medicare|insurer|insurance|criteria are|criterion is)\b/i

/** How many words that are no link may stand before a number that carries the measure's own unit. */
const mostStrangers = 4
const reach = 40

export interface MeasureContext {
  readonly tokens: readonly Token[]
  /** The unit's text, for the words that make a definition of it. */
  readonly text: string
  readonly times: readonly TimeExpression[]
  /** The first token that no longer belongs to the measure: the next measure, the end of its cell. */
  readonly limit: number
  /** The first token behind which a date is of something else. @default limit */
  readonly dateLimit?: number
}

/** The numbers that a note gives for a measure; none for goals, definitions, and numbers that it cannot be. */
export function valuesOf(
  mention: Span,
  concept: Concept,
  context: MeasureContext,
): readonly Value[] {
  const { tokens } = context
  const { first, next } = tokensWithin(tokens, mention)
  if (isGoal(tokens, first)) return []
  const behind = valuesBehind(next, concept, context)
  const found = behind.length > 0 ? behind : valueBefore(first, concept, context)
  if (isColumns(found, context)) return []
  return isDefinition(found, first, context) ? [] : found
}

/** "Flexion 95 138": columns without their headings; nobody can say which is of today. */
function isColumns(values: readonly Value[], { tokens, limit }: MeasureContext): boolean {
  const [only] = values
  if (values.length !== 1 || only === undefined || only.unit !== undefined) return false
  const behind = tokens[only.next]
  return (
    only.next < limit &&
    behind?.kind === 'number' &&
    !behind.isGlued &&
    (tokens[only.next + 1] === undefined || tokens[only.next + 1]?.kind === 'number')
  )
}

/** "Goal LEFS 60", "normal AHI < 5": a word of wishing before the measure in its clause. */
function isGoal(tokens: readonly Token[], first: number): boolean {
  for (let at = first - 1; at >= 0 && at >= first - 6; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (/^[,;.]$/.test(text)) return false
    // "A normal study with an AHI of 3" tells a result; "normal AHI" a reference.
    if (goal.test(text) && (at === first - 1 || !/^(?:normal|nl)$/.test(text))) return true
  }
  return false
}

/** "An AHI of 30 or more means severe": of anybody, not of this patient. */
function isDefinition(
  values: readonly Value[],
  first: number,
  { tokens, text }: MeasureContext,
): boolean {
  const isOfAnybody =
    /^(?:an|a|any)$/.test(tokens[first - 1]?.text ?? '') &&
    !/^(?:with|has|had|shows?|showed|and|of|revealed|demonstrated|to|at)$/.test(
      tokens[first - 2]?.text ?? '',
    )
  return (
    values.some((one) => one.comparator !== undefined || isOfAnybody) &&
    defining.test(text.slice(0, 2_000))
  )
}

function valuesBehind(
  from: number,
  concept: Concept,
  { tokens, times, limit, dateLimit = limit }: MeasureContext,
): readonly Value[] {
  const found: Value[] = []
  const end = Math.min(limit, from + reach, tokens.length)
  let strangers = 0
  let isWished = false
  let isOlder = false
  let isChange = false
  let day: Days | undefined
  let at = from
  let time = timeFrom(times, from)
  while (at < end) {
    const token = tokens[at]
    if (token === undefined) break
    const scale = found.length === 0 ? bareScaleAt(tokens, at, concept) : undefined
    if (scale !== undefined) {
      at = scale
      continue
    }
    while ((times[time]?.first ?? Number.POSITIVE_INFINITY) < at) time += 1
    const here = times[time]
    const value =
      here?.first === at && here.kind !== 'ignored' && here.kind !== 'sessions'
        ? undefined
        : valueAt(tokens, at, concept, isOlder && isChange)
    if (
      value !== undefined &&
      (strangers === 0 || value.unit !== undefined || isCompared(tokens, at)) &&
      mayFollow(found, value, tokens, at, day)
    ) {
      if (!isWished)
        found.push({
          ...value,
          ...(day === undefined ? {} : { day }),
          ...(isOlder || isEarlierBehind(tokens, value.next) || isEarlierBefore(tokens, at)
            ? { isEarlier: true as const }
            : {}),
        })
      at = value.next
      isWished = false
      isOlder = false
      day = undefined
      const arrow =
        /^(?:→|⇒|➔)$/.test(tokens[at]?.text ?? '') ||
        (isDash(tokens[at]) && tokens[at + 1]?.text === '>')
      const isToNext = isChange && tokens[at]?.text === 'to'
      const last = found.at(-1)
      if ((arrow || isToNext) && last !== undefined) {
        found[found.length - 1] = { ...last, isEarlier: true }
        isChange = false
        at += isDash(tokens[at]) ? 2 : 1
      }
      continue
    }
    if (here?.first === at) {
      if (here.kind === 'day') {
        const last = found.at(-1)
        // "35% on 3/2/26": the day stands behind its value, unless it stands before a further one.
        if (
          last !== undefined &&
          last.day === undefined &&
          at < dateLimit &&
          !/^[,;]$/.test(tokens[at - 1]?.text ?? '')
        )
          found[found.length - 1] = { ...last, day: here.days }
        else day = here.days
      }
      at = here.next
      continue
    }
    if (
      token.text === ';' ||
      (/^[.?!]$/.test(token.text) &&
        !(tokens[at + 1]?.isGlued === true && tokens[at + 1]?.kind === 'number'))
    )
      break
    if (goal.test(token.text)) isWished = true
    if (changed.test(token.text)) isChange = true
    if (earlier.test(token.text) && !(token.text === 'was' && found.length === 0)) {
      isOlder = true
      isChange ||= token.text === 'from'
    } else if (later.test(token.text)) isOlder = false
    if (token.kind === 'number' || !linking.test(token.text)) strangers += isWished ? 0 : 1
    if (strangers > mostStrangers) break
    at += 1
  }
  return found
}

function timeFrom(times: readonly TimeExpression[], from: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle]?.first ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

/** "38 at start, now 46": a word of then or now right before a number. */
function isCompared(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text ?? ''
  return later.test(before) && !/^(?:is|to|this|post)$/.test(before)
}

/** "38 at start", "84% on arrival", "88% first try": the value is of an earlier time of the same note. */
function isEarlierBehind(tokens: readonly Token[], index: number): boolean {
  const at = tokens[index]?.text === '(' ? index + 1 : index
  const [one = '', two = ''] = [tokens[at]?.text, tokens[at + 1]?.text]
  return (
    (/^(?:at|on|upon)$/.test(one) &&
      /^(?:start|eval|evaluation|intake|arrival|admission|baseline|presentation|onset|discharge'?s?)$/.test(
        two,
      ) &&
      two !== 'discharge') ||
    (/^(?:initially|previously|originally)$/.test(one) && tokens[at + 1]?.kind !== 'number')
  )
}

/** "On arrival SpO2 84%", "initially 84%", "first try 88%": before the measure or the number, in its clause. */
function isEarlierBefore(tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= 0 && at >= index - 16; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (
      /^(?:[;.]|now|today|currently|discharge|then|later|repeat|repeated|recheck|rechecked)$/.test(
        text,
      )
    )
      return false
    if (
      /^(?:arrival|admission|presentation|intake|initially|originally|ems|paramedics)$/.test(text)
    )
      return true
    if (/^(?:er|ed)$/.test(text) && tokens[at - 1]?.text === 'the') return true
    if (text === 'first' && /^(?:try|attempt|reading|check)$/.test(tokens[at + 1]?.text ?? ''))
      return true
  }
  return false
}

/** A further number is one of the same measure only where its unit, a day or a word of change says so. */
function mayFollow(
  found: readonly Value[],
  value: Value,
  tokens: readonly Token[],
  at: number,
  day: Days | undefined,
): boolean {
  const last = found.at(-1)
  if (last === undefined) return true
  if (value.unit !== last.unit && value.unit !== undefined) return false
  if (last.outOf !== undefined && value.outOf !== last.outOf) return false
  const before = [1, 2, 3].map((step) => tokens[at - step]?.text ?? '')
  const isCompared =
    before.some((one) => earlier.test(one) || later.test(one) || one === '→') ||
    last.isEarlier === true
  return isCompared || day !== undefined || value.unit !== undefined || value.outOf !== undefined
}

/** "35% EF", "8/10 pain", "score of 42 on the ODI". */
function valueBefore(
  first: number,
  concept: Concept,
  { tokens, times }: MeasureContext,
): readonly Value[] {
  for (let at = first - 1; at >= 0 && at >= first - 8; at -= 1) {
    if (/^[,;.]$/.test(tokens[at]?.text ?? '')) return []
    if (times.length < 200 && times.some((one) => one.first <= at && at < one.next)) return []
    // Back over a denominator to where the number begins.
    if (
      /^(?:\/|of)$/.test(tokens[at - 1]?.text ?? '') &&
      (tokens[at]?.isGlued === true || tokens[at - 2]?.text === 'out')
    )
      continue
    const value = valueAt(tokens, at, concept, false)
    if (value === undefined || value.next > first) continue
    const between = tokens.slice(value.next, first)
    const isBeside = between.every((one) =>
      /^(?:of|on|in|for|the|his|her|-|by|per|\(|average|worst|current|baseline)$/.test(one.text),
    )
    const isSettled = value.unit !== undefined || value.outOf !== undefined || between.length > 0
    if (!isBeside || !isSettled) return []
    const wider = [2, 1]
      .map((step) => valueAt(tokens, at - step, concept, false))
      .find((one) => one?.next === value.next)
    const isWished = tokens.slice(Math.max(0, at - 4), at).some((one) => goal.test(one.text))
    return isWished ? [] : [wider ?? value]
  }
  return []
}

/** A value at a token: comparator, number or range, whole, unit. Undefined for what the measure cannot be. */
export function valueAt(
  tokens: readonly Token[],
  index: number,
  concept: Concept,
  isSingle: boolean,
): Value | undefined {
  const prefix = comparators.at(tokens, index)
  const from = prefix?.next ?? index
  const token = tokens[from]
  if (token === undefined || (token.isGlued && isCode(tokens, from))) return undefined
  const read = isSingle ? numberAt(tokens, from) : numberOrRangeAt(tokens, from)
  if (read === undefined || (token.kind === 'word' && concept.kind !== 'score')) return undefined
  if (
    /^(?:st|nd|rd|th|\/|x|[a-z])$/.test(tokens[read.next]?.text ?? '') &&
    tokens[read.next]?.isGlued === true &&
    tokens[read.next]?.text !== '/' &&
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

/** "(0-10)", "0-10": the scale that is named behind a score and is no value of it. */
function bareScaleAt(
  tokens: readonly Token[],
  index: number,
  concept: Concept,
): number | undefined {
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

/** Whether a number in this unit can be a value of the measure. */
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

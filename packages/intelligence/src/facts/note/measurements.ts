import type { Span } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { Days } from '../fact.ts'
import { isDash, numberAt } from '../values/numbers.ts'
import { romanGradeAt } from '../values/roman-grades.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'
import { gradeBefore, gradeWithin } from './grades.ts'
import { sidedValues } from './sided-values.ts'
import { unitAt } from '../values/written-units.ts'
import { bareScaleAt, type Value, valueAt } from './value-at.ts'
import {
  changed,
  defining,
  earlier,
  goal,
  isCompared,
  isEarlierBefore,
  isEarlierBehind,
  isEarlierInBrackets,
  later,
  linking,
} from './earlier-values.ts'

/** Number of unrelated words that may stand before a number with the measure's own unit. */
const maxUnrelatedWords = 4

const reach = 40

export interface MeasureContext {
  readonly tokens: readonly Token[]
  /** The unit's text, to recognize definitions. */
  readonly text: string
  readonly times: readonly TimeExpression[]
  /** The first token that no longer belongs to the measure: the next measure, or the end of its cell. */
  readonly limit: number
  /** The first token after which a date belongs to something else. @default limit */
  readonly dateLimit?: number
}

/** The numbers that a note gives for a measure, without goals, definitions, and impossible values. */
export function valuesOf(
  mention: Span,
  concept: Concept,
  context: MeasureContext,
): readonly Value[] {
  const { tokens } = context
  const within = tokensWithin(tokens, mention)
  const { first } = within
  // "KL grade: [x] 4": the measure stands in the preceding question.
  const next = mention.end <= (tokens[0]?.start ?? 0) ? 0 : within.next
  if (isGoal(tokens, first)) return []
  const inside = gradeWithin(tokens, first, next, concept)
  if (inside !== undefined) return [inside]
  const sided = sidedValues(tokens, next, context.limit, concept)
  if (sided.length > 0) return sided
  const second = secondOfPair(tokens, first, next, concept)
  if (second !== undefined) return [second]
  const behind = withGrade(valuesBehind(next, concept, context), next, concept, context)
  const found =
    behind.length > 0
      ? behind
      : (gradeBefore(tokens, first, concept) ?? valueBefore(first, next, concept, context))
  if (isColumns(found, context)) return []
  return isDefinition(found, first, context) ? [] : found
}

/** "H/H 20.3/62.1", "Hgb/Hct: 17/58": the second name of a pair has the second number. */
function secondOfPair(
  tokens: readonly Token[],
  first: number,
  next: number,
  concept: Concept,
): Value | undefined {
  const isPair = tokens.slice(first, next).some(({ text }) => text === '/' || text === '&')
  if (!isPair || concept.kind !== 'measure') return undefined
  for (let at = next; at < next + 4; at += 1) {
    const one = numberAt(tokens, at)
    if (one === undefined) continue
    const after = tokens[one.next]
    const value = after?.text === '/' ? valueAt(tokens, one.next + 1, concept, true) : undefined
    return value
  }
  return undefined
}

/** Uses a grade in Roman numerals if there is none in digits. */
function withGrade(
  values: readonly Value[],
  next: number,
  concept: Concept,
  { tokens, limit }: MeasureContext,
): readonly Value[] {
  const grade = values.length > 0 ? undefined : romanGradeAt(tokens, next, concept)
  if (grade === undefined || grade.next > limit) return values
  const start = tokens[next]?.start ?? 0
  return [{ ...grade, first: next, start, end: tokens[grade.next - 1]?.end ?? start }]
}

/** "Flexion 95 138": columns without headings; the current value cannot be determined. */
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

/** "Goal LEFS 60", "normal AHI < 5": a goal or reference word before the measure in its clause. */
function isGoal(tokens: readonly Token[], first: number): boolean {
  for (let at = first - 1; at >= 0 && at >= first - 6; at -= 1) {
    const text = tokens[at]?.text ?? ''
    if (/^[,;.]$/.test(text)) return false
    // "A normal study with an AHI of 3" is a result; "normal AHI" is a reference.
    if (goal.test(text) && (at === first - 1 || !/^(?:normal|nl)$/.test(text))) return true
  }
  return false
}

/** "An AHI of 30 or more means severe": a general statement, not about this patient. */
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
  let unrelated = 0
  let isGoalValue = false
  let isOlder = false
  let isChange = false
  let day: Days | undefined
  let at = from
  let time = timeFrom(times, from)
  while (at < end) {
    const token = tokens[at]
    if (token === undefined) break
    // "PO2 (mmHg): 62"
    const named = token.text === '(' ? unitAt(tokens, at + 1, concept.unitWords) : undefined
    if (named !== undefined && found.length === 0 && tokens[named.next]?.text === ')') {
      at = named.next + 1
      continue
    }
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
      (unrelated === 0 || value.unit !== undefined || isCompared(tokens, at)) &&
      mayFollow(found, value, tokens, at, day)
    ) {
      if (!isGoalValue)
        found.push({
          ...value,
          ...(day === undefined ? {} : { day }),
          ...(isOlder ||
          isEarlierBehind(tokens, value.next) ||
          isEarlierBefore(tokens, at) ||
          isEarlierInBrackets(tokens, at)
            ? { isEarlier: true as const }
            : {}),
        })
      at = value.next
      unrelated = Math.min(unrelated, 1)
      isGoalValue = false
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
        // "35% on 3/2/26": the day follows its value, unless another value follows the day.
        if (
          last !== undefined &&
          last.day === undefined &&
          at < dateLimit &&
          !/^[,;(]$/.test(tokens[at - 1]?.text ?? '')
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
    if (goal.test(token.text)) isGoalValue = true
    if (changed.test(token.text)) isChange = true
    if (
      earlier.test(token.text) &&
      !(token.text === 'was' && found.length === 0) &&
      !isOfValueBefore(tokens, at, found.length)
    ) {
      isOlder = true
      isChange ||= token.text === 'from'
    } else if (later.test(token.text)) isOlder = false
    if (token.kind === 'number' || !linking.test(token.text)) unrelated += isGoalValue ? 0 : 1
    if (unrelated > maxUnrelatedWords) break
    at += 1
  }
  return found
}

/** "90 at eval, 135 today": the evaluation belongs to the preceding value. */
function isOfValueBefore(tokens: readonly Token[], at: number, found: number): boolean {
  return (
    found > 0 &&
    /^(?:eval|evaluation|intake|soc)$/.test(tokens[at]?.text ?? '') &&
    /^(?:at|on|upon|since|from)$/.test(tokens[at - 1]?.text ?? '')
  )
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

/** A further number belongs to the same measure only if its unit, a day or a word of change shows it. */
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
  next: number,
  concept: Concept,
  { tokens, times }: MeasureContext,
): readonly Value[] {
  for (let at = first - 1; at >= 0 && at >= first - 8; at -= 1) {
    if (/^[,;.]$/.test(tokens[at]?.text ?? '')) return []
    if (times.length < 200 && times.some((one) => one.first <= at && at < one.next)) return []
    // Goes back over a denominator to the beginning of the number.
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
    // "11 respiratory events per hour": the unit is one of the measure's own words.
    const isOwnUnit =
      between.length === 0 &&
      tokens.slice(first, next).some(({ text }) => /^(?:hour|hr|hourly)$/.test(text))
    const isSettled =
      value.unit !== undefined || value.outOf !== undefined || between.length > 0 || isOwnUnit
    if (!isBeside || !isSettled) return []
    const wider = [2, 1]
      .map((step) => valueAt(tokens, at - step, concept, false))
      .find((one) => one?.next === value.next)
    const isGoalValue = tokens.slice(Math.max(0, at - 4), at).some((one) => goal.test(one.text))
    return isGoalValue ? [] : [wider ?? value]
  }
  return []
}

import type { Span } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Value } from './value-at.ts'
import { firstFrom } from './spans-in-order.ts'

/**
 * Whether a concept is a condition of a measurement: an observable, a device, an activity, or a narrower concept
 * of one, such as a walk test.
 */
export function isCondition(conceptId: string, lexicon: LexiconView): boolean {
  const concept = lexicon.get(conceptId)
  if (concept === undefined) return false
  return (
    /^(?:observable|device|function)$/.test(concept.kind) ||
    (concept.broader ?? []).some((one) => lexicon.get(one)?.kind === 'observable')
  )
}

/** Maximum distance of a condition from its value, in characters. */
const reach = 60
/** A condition before its value may be further away, across commas: "At rest, room air, seated: 91%". */
const ahead = 100

/** "AHI 21, supine 44": the condition is followed by its own number, which is not a date or time. */
const ownNumber = /^[\s:=]{1,2}\d{1,3}(?:\.\d+)?(?![\d/:%]| ?l\b)/i

/** The patient's activity during a measurement, as the condition that queries use. */
const byActivity: Readonly<Record<string, string>> = {
  walking: 'on-exertion',
  'climbing-stairs': 'on-exertion',
  'exercise-tolerance': 'on-exertion',
  running: 'on-exertion',
  sitting: 'at-rest',
  sleeping: 'during-sleep',
}

/**
 * The conditions of a value: the nearest ones after it without a comma in between, else before it; if there are
 * none, those before the first value of the statement, or in its lead-in.
 */
export function measuredUnder(
  value: Value,
  /** All values of the statement, in order. */
  values: readonly Span[],
  conditions: readonly Mention[],
  measure: Span,
  source: string,
): readonly Mention[] {
  const isNear = (from: number, to: number) =>
    to - from <= reach && !/[,;]|\.\s/.test(source.slice(from, to))
  const isAhead = (from: number, to: number) =>
    to - from <= ahead && !/;|\.\s/.test(source.slice(from, to))
  const from = firstFrom(conditions, value.start - ahead)
  const to = firstFrom(conditions, value.end + reach)
  return conditions.slice(from, to).filter((one) => {
    if (one.start < measure.end && one.end > measure.start) return false
    const next = firstFrom(values, one.end)
    const before = values[firstFrom(values, one.start) - 1]
    const behind = values[next]
    // "Fell from 93 to 87": text ending in "to" belongs to the next value.
    const leadsOn = behind !== undefined && /\bto$/i.test(source.slice(one.start, one.end))
    const isOfNext =
      before !== undefined &&
      /[,;(]\s*$/.test(source.slice(before.end, one.start)) &&
      ownNumber.test(source.slice(one.end, one.end + 12))
    if (isOfNext && behind?.start !== one.end + 1) return false
    const isBefore = !leadsOn && before !== undefined && isNear(before.end, one.start)
    const owner = isBefore
      ? before
      : behind !== undefined && isAhead(one.end, behind.start)
        ? behind
        : before !== undefined &&
            behind === undefined &&
            isListed(source.slice(before.end, one.start))
          ? before
          : undefined
    return owner?.start === value.start
  })
}

/** "84%, room air, at rest": only a few words and commas in between. */
function isListed(between: string): boolean {
  return between.length <= 30 && !/[;.:]/.test(between)
}

/** Ids of conditions; for an activity, also the condition that it implies. */
export function conditionIds(
  conditions: readonly Mention[],
  lexicon: LexiconView,
): readonly string[] {
  const ids = conditions.flatMap(({ conceptId }) => {
    const made = Object.hasOwn(byActivity, conceptId) ? byActivity[conceptId] : undefined
    return made === undefined || lexicon.get(made) === undefined ? [conceptId] : [conceptId, made]
  })
  return [...new Set(ids)]
}

/** Conditions that say what was breathed or how a value was obtained, but not what the patient did. */
const breathed: ReadonlySet<string> = new Set([
  'room-air',
  'on-oxygen',
  'falling-saturation',
  'oxygen-goal',
])

/** "Walking: RA 84%, with 2 L 93%": if only the gas is stated, the previous activity continues. */
export function withActivity(
  near: readonly Mention[],
  { start }: Span,
  /** All conditions of the statement, in order. */
  conditions: readonly Mention[],
): readonly Mention[] {
  if (!near.every(({ conceptId }) => breathed.has(conceptId))) return near
  const before = conditions.slice(0, firstFrom(conditions, start))
  const last = before.findLast(({ conceptId }) => !breathed.has(conceptId))
  return last === undefined ? near : [...near, last]
}

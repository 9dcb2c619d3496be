import type { Span } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Value } from './value-at.ts'
import { firstFrom } from './unit-scope.ts'

/** Whether a concept says how something was measured: an observable, a device, an activity, or what is a kind of one: a walk test. */
export function isCondition(conceptId: string, lexicon: LexiconView): boolean {
  const concept = lexicon.get(conceptId)
  if (concept === undefined) return false
  return (
    /^(?:observable|device|function)$/.test(concept.kind) ||
    (concept.broader ?? []).some((one) => lexicon.get(one)?.kind === 'observable')
  )
}

/** How far from a value, in letters, stands what it was measured under. */
const reach = 60
/** Before its value it may stand farther off, whatever commas stand between: "At rest, room air, seated: 91%". */
const ahead = 100

/** "AHI 21, supine 44": a number of its own behind it, and no date or time. */
const ownNumber = /^[\s:=]{1,2}\d{1,3}(?:\.\d+)?(?![\d/:%]| ?l\b)/i

/** What a patient does while something is measured, as the conditions that are asked for. */
const byActivity: Readonly<Record<string, string>> = {
  walking: 'on-exertion',
  'climbing-stairs': 'on-exertion',
  'exercise-tolerance': 'on-exertion',
  running: 'on-exertion',
  sitting: 'at-rest',
  sleeping: 'during-sleep',
}

/**
 * What was said of how a value was measured: by the words nearest to it, behind it without a comma between, else before it; where it has none, by those that
 * head the statement before its first value, or the lead that governs it.
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
    // "Fell from 93 to 87": what ends in "to" leads to the value behind it.
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

/** "84%, room air, at rest": nothing but a few words and commas between. */
function isListed(between: string): boolean {
  return between.length <= 30 && !/[;.:]/.test(between)
}

/** Ids of conditions; of an activity also the condition that it makes. */
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

/** Conditions that say what was breathed, or how a value came about, and not what the patient did. */
const breathed: ReadonlySet<string> = new Set([
  'room-air',
  'on-oxygen',
  'falling-saturation',
  'oxygen-goal',
])

/** "Walking: RA 84%, with 2 L 93%": where only what was breathed is said, the activity said last goes on. */
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

import type { Span } from '../../document/note-document.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { requiredTimes } from './required-times.ts'
import type { Outcome } from './outcomes.ts'
import type { ParsedUnit } from './parsed-unit.ts'

/** What the next sentence adds to the therapies of this one. */
export interface FollowUp {
  readonly outcome?: Outcome
  readonly reliefPercent?: number
  readonly reliefDays?: number
  /** Lengths and sessions that it states were carried out. */
  readonly times: readonly TimeExpression[]
  /** Whether it states how much was carried out. */
  readonly isCourse: boolean
  readonly spans: readonly Span[]
  readonly quoteEnd: number
}

const reference =
  /\b(?:this|that|these|those|it|they|them|both|neither|none|either|all|therapy|treatments?|medications?|which|each|despite|without|with)\b/i
const ofTreatment =
  /\b(?:relief|relieved?|help(?:ed|ful|s)?|benefit(?:ed|s)?|effective|success(?:ful)?|respon(?:d|ded|se)|tolerat\w{0,3}|avail)\b/i
const carriedOut = /\b(?:completed|attended|did|finished|went|stopped after|quit after|lasted)\b/i

/** Reads the next sentence of the paragraph if it names no therapy of its own and describes how this one went. */
export function followUpOf(
  parsed: ParsedUnit,
  next: ParsedUnit | undefined,
  source: string,
): FollowUp | undefined {
  if (next === undefined || !isAdjacent(parsed, next, source)) return undefined
  if (next.targets.some((one) => one.kind === 'therapy')) return undefined
  const refers = reference.test(next.text) || ofTreatment.test(next.text)
  const hasMatter = next.targets.some((one) => one.mention !== undefined)
  const said =
    refers && !(hasMatter && !ofTreatment.test(next.text))
      ? next.outcomes
      : next.outcomes.filter((one) => one.outcome === 'failed' && !hasMatter)
  const outcome = ['not_tolerated', 'failed', 'helped'].find((one) =>
    said.some((cue) => cue.outcome === one),
  )
  const isSettled = !said.some((cue) => cue.outcome === 'partial') || outcome === 'not_tolerated'
  const relief = next.reliefs.find((one) => one.percent !== undefined)
  const lengths = next.times.filter((one) => one.kind === 'duration' || one.kind === 'sessions')
  const asked = requiredTimes(next.tokens, lengths)
  const times =
    carriedOut.test(next.text) && relief === undefined && !hasMatter
      ? lengths.filter((one) => !asked.has(one))
      : []
  const length = relief === undefined ? undefined : lengths.find((one) => one.kind === 'duration')
  if (outcome === undefined && relief === undefined && times.length === 0) return undefined
  return {
    ...(outcome === undefined || !isSettled ? {} : { outcome: outcome as Outcome }),
    ...(relief?.percent === undefined ? {} : { reliefPercent: relief.percent }),
    ...(length?.kind === 'duration' ? { reliefDays: length.days } : {}),
    times,
    isCourse: times.length > 0,
    spans: [...said, ...times, ...(relief === undefined ? [] : [relief])].map(({ start, end }) => ({
      start,
      end,
    })),
    quoteEnd: next.unit.quote.end,
  }
}

const attended =
  /^\W*(?:(?:she|he|they|i|pt|patient|the patient|mrs?\.? \w+|ms\.? \w+)\s)?(?:has\s|have\s|then\s|now\s|duly\s){0,2}(?:attended|completed|finished|went to|underwent)\s(?:all\s|of\s|the\s|her\s|his\s|about\s){0,3}(?:\d{1,2}|[a-z]{3,9})\s(?:of\s\d{1,2}\s)?(?:sessions?|visits?|treatments?|appointments?|classes)\b/i

/**
 * "Thank you for sending her for physiotherapy. She attended all 14 sessions.": the therapy in the previous
 * sentence was carried out.
 */
export function isAttended(
  parsed: ParsedUnit,
  next: ParsedUnit | undefined,
  source: string,
): boolean {
  return (
    next !== undefined &&
    attended.test(next.text) &&
    isAdjacent(parsed, next, source) &&
    !next.targets.some((one) => one.kind === 'therapy')
  )
}

/** Whether `next` is the next sentence of the same paragraph. */
export function isAdjacent({ unit }: ParsedUnit, next: ParsedUnit, source: string): boolean {
  const gap = next.unit.quote.start - unit.quote.end
  return (
    (unit.kind === 'sentence' || unit.kind === 'item' || unit.kind === 'pair') &&
    next.unit.kind === 'sentence' &&
    next.unit.section === unit.section &&
    gap >= 0 &&
    gap <= 3 &&
    !/\n\s*\n/.test(source.slice(unit.quote.end, next.unit.quote.start))
  )
}

import type { Span } from '../../document/note-document.ts'
import type { Days } from '../fact.ts'
import { daysBetween } from './calendar.ts'

interface TokenRange extends Span {
  /** Token indexes: `tokens.slice(first, next)`. */
  readonly first: number
  readonly next: number
}

/**
 * The times that a text states, in order and without overlap. `ignored`: a rate, an age or a follow-up, which is
 * not a length of something that was done.
 */
export type TimeExpression = TokenRange &
  (
    | {
        readonly kind: 'duration'
        readonly days: number
        readonly maxDays: number
        readonly slackDays: number
        /** `of`: "8 weeks of"; `for`: "for 8 weeks", "x 8 weeks", "(8 weeks)"; `none`: neither. */
        readonly tie: 'of' | 'for' | 'none'
        /** "over the past 3 months": it ends on the day of the note. */
        readonly isToNote: boolean
        /** "2w6": twice a week for six weeks. */
        readonly isRate?: true
      }
    | {
        readonly kind: 'period'
        readonly from: Days
        /** Absent for "since March", which ends on the day of the note. */
        readonly to?: Days
        readonly days?: number
        readonly maxDays?: number
      }
    | { readonly kind: 'day'; readonly days: Days; readonly role: 'on' | 'start' | 'end' }
    /** "4 of 12 visits": four, `outOf` twelve. */
    | { readonly kind: 'sessions'; readonly count: number; readonly outOf?: number }
    | { readonly kind: 'ignored'; readonly isRate?: true }
  )

export type Read = { readonly next: number } & Readable

type Readable = TimeExpression extends infer One
  ? One extends TimeExpression
    ? Omit<One, keyof TokenRange>
    : never
  : never

export function exactly(days: number, tie: 'of' | 'for' | 'none') {
  return { kind: 'duration', days, maxDays: days, slackDays: 0, tie, isToNote: false } as const
}

export function hull(all: readonly Days[]): Days {
  const firsts = all.map((one) => one.first).sort()
  const lasts = all.map((one) => one.last).sort()
  return { first: firsts[0] ?? '', last: lasts.at(-1) ?? '' }
}

export function lengths(starts: readonly Days[], ends: readonly Days[]) {
  const least = starts.map((one, index) => daysBetween(one.last, ends[index]?.first ?? one.last))
  const most = starts.map((one, index) => daysBetween(one.first, ends[index]?.last ?? one.first))
  return { days: Math.max(0, Math.min(...least)), maxDays: Math.max(0, ...most) }
}

export function sizeOf({
  days,
  maxDays,
  slackDays,
}: {
  readonly days: number
  readonly maxDays: number
  readonly slackDays: number
}) {
  return { days, maxDays, slackDays }
}

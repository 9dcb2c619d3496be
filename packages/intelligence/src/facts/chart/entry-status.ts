import type { ConditionEntry, MedicationEntry } from '@authscript/prior-auth'
import type { Assertion } from '../../modifiers/assertion.ts'
import { addDays, daysOfDate } from '../values/calendar.ts'

export const asserted: Assertion = {
  status: 'affirmed',
  subject: 'patient',
  when: 'now',
  phase: 'not_stated',
  cues: [],
}
export const done: Assertion = { ...asserted, phase: 'done' }
export const planned: Assertion = { ...asserted, phase: 'planned' }
const unsettled: Assertion = { ...asserted, status: 'unsettled' }

/**
 * The assertion of a condition; undefined for one that was entered in error, which never existed. A refuted
 * condition is no evidence either way and stays as a mention.
 */
export function conditionAssertion(entry: ConditionEntry, asOf: string): Assertion | undefined {
  const { verificationStatus, clinicalStatus } = entry
  if (verificationStatus === 'entered-in-error') return undefined
  if (verificationStatus === 'refuted') return unsettled
  const isConfirmed = verificationStatus === undefined || verificationStatus === 'confirmed'
  const status = isConfirmed ? 'affirmed' : 'possible'
  const abated = daysOfDate(entry.abatementDate)
  if (clinicalStatus === 'resolved' || (abated !== undefined && abated.last <= asOf))
    return { ...asserted, status, when: 'resolved' }
  switch (clinicalStatus) {
    case undefined:
    case 'active':
      return { ...asserted, status }
    case 'inactive':
    case 'remission':
      return { ...asserted, status, when: 'past' }
    default:
      return unsettled
  }
}

/** Undefined for a procedure that was entered in error. A cancelled procedure stays as a mention. */
export function procedureAssertion(
  status: string | undefined,
  isInFuture: boolean,
): Assertion | undefined {
  switch (status) {
    case 'entered-in-error':
      return undefined
    case 'not-done':
    case 'cancelled':
      return { ...unsettled, phase: 'not_done' }
    case 'preparation':
    case 'on-hold':
      return planned
    case undefined:
    case 'completed':
    case 'in-progress':
    case 'stopped':
    case 'aborted':
      return isInFuture ? planned : done
    default:
      return unsettled
  }
}

export function observationAssertion(status: string | undefined): Assertion | undefined {
  if (status === 'entered-in-error' || status === 'cancelled') return undefined
  const isCertain =
    status === undefined || ['final', 'amended', 'corrected', 'appended'].includes(status)
  return isCertain ? { ...asserted, phase: 'done' } : { ...unsettled, phase: 'done' }
}

export function reportAssertion(status: string | undefined): Assertion | undefined {
  if (status === 'entered-in-error' || status === 'cancelled') return undefined
  const isMade =
    status === undefined ||
    ['final', 'amended', 'corrected', 'appended', 'preliminary', 'partial'].includes(status)
  return isMade ? done : unsettled
}

const voidRequests: ReadonlySet<string> = new Set([
  'entered-in-error',
  'cancelled',
  'draft',
  'on-hold',
  'revoked',
])
const certainRequests: ReadonlySet<string> = new Set(['active', 'completed', 'stopped', 'ended'])
const unwritten: ReadonlySet<string> = new Set(['proposal', 'plan', 'option'])

/**
 * Undefined for a void request. A request that is only proposed, or first written at this encounter, is planned:
 * it has not been tried.
 */
export function medicationAssertion(
  entry: MedicationEntry,
  isRenewal: boolean,
  encounterId: string,
  asOf: string,
): Assertion | undefined {
  const { status, intent } = entry
  if (voidRequests.has(status ?? '')) return undefined
  if (unwritten.has(intent ?? '')) return planned
  if (status !== undefined && !certainRequests.has(status)) return unsettled
  if (isOfToday(entry, encounterId, asOf) && !isRenewal) return planned
  return /^(?:completed|stopped|ended)$/.test(status ?? '') ? { ...done, when: 'past' } : done
}

/**
 * Whether a request belongs to this encounter: it is dated on or after it, or names the encounter and is not
 * dated before it.
 */
export function isOfToday(
  { authoredOn, encounterId: own }: MedicationEntry,
  encounterId: string,
  asOf: string,
): boolean {
  const days = daysOfDate(authoredOn)
  if (days !== undefined && days.last < asOf) return false
  return own === encounterId || (days !== undefined && days.first >= asOf)
}

/** Written later than the day after the encounter, so it was not in the chart at that time. */
export function isLater(date: string | undefined, asOf: string): boolean {
  const days = daysOfDate(date)
  return days !== undefined && days.first > asOf && days.first > addDays(asOf, 1)
}

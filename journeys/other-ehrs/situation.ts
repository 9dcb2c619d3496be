import type { ChartFaults } from '../independent-ehr/chart-faults.ts'

/** How one order ended, seen from outside. */
export type End =
  /** The gateway reports that the form is in the chart. */
  | 'written'
  /** A write-back that waits for a person's decision. */
  | 'person'
  /** A work item with a form that is not to be written. */
  | 'drafted'
  /** The encounter failed, with a code. */
  | 'failed'
  /** It was never seen as signed, with a code at its registration. */
  | 'not_seen'
  /** None of these in time. */
  | 'unsettled'

/** One chart on one server, its faults, and the allowed ends. */
export interface Situation {
  readonly name: string
  readonly faults: ChartFaults
  readonly may: readonly End[]
  /** Whether a form is approved at all. */
  readonly path: 'read' | 'write'
  /** A resource type that must, or must not, count as completely read. */
  readonly completeness?: {
    readonly resourceType: string
    readonly is: 'complete' | 'not_complete'
  }
}

/** If the server's answers are sufficient without a person. */
export const written: readonly End[] = ['written']
/** If they are not: both ends are safe, as long as the report is true. */
export const writtenOrPerson: readonly End[] = ['written', 'person']
/** If the approved form is not in the chart after any number of attempts. */
export const person: readonly End[] = ['person']

export function writing(name: string, may: readonly End[], faults: ChartFaults): Situation {
  return { name, may, faults, path: 'write' }
}

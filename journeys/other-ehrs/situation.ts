import type { ChartFaults } from '../independent-ehr/chart-faults.ts'

/** How the path of one order ended, seen from outside. */
export type End =
  /** The gateway says that the form is in the chart. */
  | 'written'
  /** A write-back that stopped and asks a person. */
  | 'person'
  /** A work item with a form, where nothing is to be written. */
  | 'drafted'
  /** The encounter failed, with a code. */
  | 'failed'
  /** It was never seen as signed, with a code at its registration. */
  | 'not_seen'
  /** None of these in time. */
  | 'unsettled'

/** One chart on one server, what goes wrong there, and which ends are right. */
export interface Situation {
  readonly name: string
  readonly faults: ChartFaults
  readonly may: readonly End[]
  /** Whether a form is approved at all. */
  readonly path: 'read' | 'write'
  /** A kind that may not count as completely read, or must. */
  readonly completeness?: {
    readonly resourceType: string
    readonly is: 'complete' | 'not_complete'
  }
}

/** Where the server says enough for an answer without a person. */
export const written: readonly End[] = ['written']
/** Where it does not: both are safe, as long as what is said is true. */
export const writtenOrPerson: readonly End[] = ['written', 'person']
/** Where nothing that was approved is in the chart, however often it is tried. */
export const person: readonly End[] = ['person']

export function writing(name: string, may: readonly End[], faults: ChartFaults): Situation {
  return { name, may, faults, path: 'write' }
}

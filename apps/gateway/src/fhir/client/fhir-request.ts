import type { Lane } from '../rate/rate-budget.ts'

/** What every request to the EHR states: for whom it is, what it reads, and which part of the rate budget it uses. */
export interface FhirRequest {
  /** Undefined if the request is for no particular practice. */
  readonly practiceId: string | undefined
  readonly resourceType: string
  readonly lane: Lane
  readonly signal: AbortSignal
  /** Sends the request although the circuit is open: an operator wants to know now. @default false */
  readonly ignoresCircuit?: boolean
}

import type { Policy } from '@authscript/intelligence'
import type { Analysis, ClinicalBundle } from '@authscript/prior-auth'

/** Judges one order of a chart, named by `orderIdOf`. In this process or over HTTP: the answer is the same. */
export interface Analyzer {
  analyze(bundle: ClinicalBundle, orderId: string, signal: AbortSignal): Promise<Analysis>
  close(): Promise<void>
}

/** What the practice decides of how its charts are judged. */
export interface JudgementOptions {
  /** Ids of policies that are off by default, and that the practice has switched on. */
  readonly switchedOn: readonly string[]
  /** Our own policies and the practice's, checked. */
  readonly policies: readonly Policy[]
}

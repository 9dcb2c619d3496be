import type { Policy } from '@authscript/intelligence'
import type { Analysis, ClinicalBundle } from '@authscript/prior-auth'

/** Analyzes one order of a chart, identified by `orderIdOf`. The result is the same in this process and over HTTP. */
export interface Analyzer {
  analyze(bundle: ClinicalBundle, orderId: string, signal: AbortSignal): Promise<Analysis>
  close(): Promise<void>
}

/** The practice's settings for the analysis of its charts. */
export interface JudgementOptions {
  /** Ids of policies that are off by default and that the practice has enabled. */
  readonly switchedOn: readonly string[]
  /** The checked policies: ours and the practice's. */
  readonly policies: readonly Policy[]
}

import type { Analysis, ClinicalBundle } from '@authscript/prior-auth'

/** Judges one order of a chart. In this process or over HTTP: the answer is the same. */
export interface Analyzer {
  analyze(bundle: ClinicalBundle, serviceRequestId: string, signal: AbortSignal): Promise<Analysis>
  close(): Promise<void>
}

import { analyze } from '@authscript/intelligence'
import type { Analyzer } from './analyzer.ts'

/** The default: the intelligence package, called as a function. */
export function createInProcessAnalyzer(): Analyzer {
  return {
    async analyze(bundle, serviceRequestId, signal) {
      signal.throwIfAborted()
      return analyze(bundle, serviceRequestId)
    },
    close: () => Promise.resolve(),
  }
}

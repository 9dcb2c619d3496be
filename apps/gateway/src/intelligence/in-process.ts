import { analyze } from '@authscript/intelligence'
import type { Analyzer, JudgementOptions } from './analyzer.ts'

/** The default: the intelligence package, called as a function. */
export function createInProcessAnalyzer(options: JudgementOptions): Analyzer {
  return {
    async analyze(bundle, orderId, signal) {
      signal.throwIfAborted()
      return analyze(bundle, orderId, options)
    },
    close: () => Promise.resolve(),
  }
}

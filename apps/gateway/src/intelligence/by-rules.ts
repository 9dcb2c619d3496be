import type { Analyzer } from './analyzer.ts'
import type { Judge } from './judge/judge.ts'

/** The default analyzer: only the rules of the intelligence package. */
export function createRulesAnalyzer(judge: Pick<Judge, 'judge'>): Analyzer {
  return {
    analyze: (bundle, orderId, signal) => judge.judge(bundle, orderId, {}, signal),
    close: () => Promise.resolve(),
  }
}

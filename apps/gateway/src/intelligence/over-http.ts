import { analysis } from '@authscript/prior-auth'
import type { Analyzer, JudgementOptions } from './analyzer.ts'
import {
  connectIntelligenceService,
  IntelligenceRefusedError,
  type IntelligenceServiceOptions,
} from './intelligence-service.ts'

/** Our own intelligence service (`apps/intelligence-service`): sends the chart and receives the analysis, both unchanged. */
export function createHttpAnalyzer(
  options: IntelligenceServiceOptions,
  { switchedOn }: Pick<JudgementOptions, 'switchedOn'>,
): Analyzer {
  const service = connectIntelligenceService(options)
  return {
    async analyze(bundle, orderId, signal) {
      const answer = await service.analyze(
        { bundle, serviceRequestId: orderId, switchedOn },
        signal,
      )
      const parsed = analysis.safeParse(answer)
      if (!parsed.success) {
        throw new IntelligenceRefusedError(
          'intelligence service answered in an unknown shape; check its version',
        )
      }
      return parsed.data
    },
    close: () => service.close(),
  }
}

import { bothNames } from '../config/both-names.ts'
import type { ClinicalBundle } from '@authscript/prior-auth'
import type { Analyzer } from './analyzer.ts'
import {
  connectIntelligenceService,
  IntelligenceRefusedError,
  type IntelligenceServiceOptions,
} from './intelligence-service.ts'
import type { Judge } from './judge/judge.ts'
import { toClinicalData } from './original/clinical-data.ts'
import { type PaFormData, paFormData } from './original/pa-form-data.ts'
import { toAnalysis } from './original/to-analysis.ts'

/**
 * The original intelligence service, or one with the same contract: `{patient_id, procedure_code, clinical_data}` to `POST /analyze`. Its
 * claims only count if the chart confirms them.
 */
export function createOriginalAnalyzer(
  options: IntelligenceServiceOptions,
  { judge }: Pick<Judge, 'judge'>,
): Analyzer {
  const service = connectIntelligenceService(options)
  return {
    async analyze(bundle, orderId, signal) {
      // The rules identify the order. Without a procedure code the service cannot be called, and no code is invented.
      const byRules = await judge(bundle, orderId, {}, signal)
      const { order } = byRules
      if (order.procedureCode === undefined) return byRules
      const answer = await service.analyze(
        {
          patient_id: bundle.patient.source.resourceId,
          procedure_code: order.procedureCode,
          clinical_data: toClinicalData(bundle),
        },
        signal,
      )
      const parsed = paFormData.safeParse(answer)
      if (!parsed.success) {
        throw new IntelligenceRefusedError(
          `intelligence service answered in an unknown shape; check its version and ${bothNames('Intelligence.Contract')}`,
        )
      }
      rejectForeignAnswer(parsed.data, order.procedureCode, bundle)
      return toAnalysis(parsed.data, order, bundle)
    },
    close: () => service.close(),
  }
}

/** Rejects an answer about another patient or procedure. */
function rejectForeignAnswer(
  data: PaFormData,
  procedureCode: string,
  { patient }: ClinicalBundle,
): void {
  if (data.procedure_code.trim() !== procedureCode) {
    throw new IntelligenceRefusedError(
      `intelligence service answered for a procedure other than ${procedureCode}`,
    )
  }
  const birthDate = /^\d{4}-\d{2}-\d{2}/.exec(data.patient_dob ?? '')?.[0]
  // The chart may only have the year.
  if (birthDate !== undefined && !birthDate.startsWith(patient.birthDate ?? '')) {
    throw new IntelligenceRefusedError('intelligence service answered for another patient')
  }
}

import type { Citation } from '@authscript/prior-auth'

/** Why a code needs no prior authorization. */
export interface NotRequired {
  readonly reason: string
  readonly citations: readonly Citation[]
}

const ruleSet: Citation = {
  document: 'AuthScript default rule set: services that payers do not ask prior authorization for',
  date: '2026',
}

/**
 * Ranges of CPT codes that outpatient payers, as a rule, do not authorize in advance. A default of this rule set for practices to
 * replace by their payers' own lists; codes on no list are unknown, and said to be.
 */
const ranges: readonly { readonly from: string; readonly to: string; readonly what: string }[] = [
  { from: '99202', to: '99215', what: 'office visits' },
  { from: '80047', to: '80076', what: 'organ or disease panels' },
  { from: '81000', to: '81003', what: 'urinalysis' },
  { from: '82947', to: '82947', what: 'glucose' },
  { from: '83036', to: '83036', what: 'hemoglobin A1c' },
  { from: '85025', to: '85027', what: 'blood counts' },
  { from: '36415', to: '36415', what: 'venipuncture' },
  { from: '71045', to: '71048', what: 'chest radiographs' },
  { from: '72100', to: '72114', what: 'lumbar spine radiographs' },
  { from: '93000', to: '93010', what: 'electrocardiograms' },
]

export function findNotRequired(procedureCode: string): NotRequired | undefined {
  const range = ranges.find(
    ({ from, to }) => from <= procedureCode && procedureCode <= to && procedureCode.length === 5,
  )
  return (
    range && {
      reason: `${procedureCode} is among the ${range.what}, which need no prior authorization`,
      citations: [ruleSet],
    }
  )
}

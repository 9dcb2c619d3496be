import type { RequirementRule } from '../requirement-rule.ts'

const ruleSet = {
  document:
    'AuthScript default rule set: services that payers do not require prior authorization for',
  date: '2026',
  verified: false,
} as const

/**
 * Services that payers usually do not require authorization for: a default that practices should replace by
 * their payers' own lists.
 */
export const defaultRules: readonly RequirementRule[] = (
  [
    ['office-visits', '99202', '99215', 'office visits'],
    ['panels', '80047', '80076', 'organ or disease panels'],
    ['urinalysis', '81000', '81003', 'urinalysis'],
    ['glucose', '82947', '82947', 'glucose'],
    ['hemoglobin-a1c', '83036', '83036', 'hemoglobin A1c'],
    ['blood-counts', '85025', '85027', 'blood counts'],
    ['venipuncture', '36415', '36415', 'venipuncture'],
    ['chest-radiographs', '71045', '71048', 'chest radiographs'],
    ['lumbar-radiographs', '72100', '72114', 'lumbar spine radiographs'],
    ['electrocardiograms', '93000', '93010', 'electrocardiograms'],
  ] as const
).map(([name, from, to, what]) => ({
  ruleId: `default-${name}`,
  procedureCodes: [{ from, to }],
  effectiveFrom: '2000-01-01',
  isRequired: false,
  reason: `among the ${what}, which by this rule set's default need no prior authorization`,
  source: ruleSet,
}))

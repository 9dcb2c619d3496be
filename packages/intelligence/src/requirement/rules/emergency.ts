import type { RequirementRule } from '../requirement-rule.ts'

const everyCode = [
  { from: '00100', to: '99999' },
  { from: 'A0021', to: 'V9999' },
] as const

/**
 * By law, emergency services need no prior authorization: group and individual plans by 45 CFR 149.110(b)(1)
 * from 2022, Medicare Advantage by 42 CFR 422.113(b)(2), Medicaid managed care by 42 CFR 438.114. A service
 * ordered at an emergency visit for a later day is not an emergency service; the place is where the service is
 * done. Only the text of 149.110(b)(1) was read, quoted in another work.
 */
export const emergencyRules: readonly RequirementRule[] = [
  {
    ruleId: 'emergency-services',
    procedureCodes: everyCode,
    placesOfService: ['emergency'],
    effectiveFrom: '2022-01-01',
    isRequired: false,
    reason: 'done during an emergency visit, where the law forbids requiring prior authorization',
    source: {
      document: '45 CFR 149.110 (No Surprises Act), 42 CFR 422.113, 42 CFR 438.114',
      section: '149.110(b)(1); 422.113(b)(2); 438.114(b)-(d)',
      date: '2022-01-01',
      url: 'https://www.ecfr.gov/current/title-45/section-149.110',
      verified: false,
    },
  },
]

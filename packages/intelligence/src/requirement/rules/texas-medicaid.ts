import type { RequirementRule } from '../requirement-rule.ts'

/** Fee for service only: the managed care plans (STAR and others) have their own lists. */
const texasMedicaid = [
  { whole: 'Texas Medicaid' },
  { whole: 'Medicaid of Texas' },
  { whole: 'Medicaid Texas' },
  { whole: 'Traditional Texas Medicaid' },
  { whole: 'Texas Medicaid Fee for Service' },
  { whole: 'Texas Medicaid & Healthcare Partnership' },
  { whole: 'TMHP' },
]
const managedCare = ['STAR', 'STAR+PLUS', 'CHIP', 'MCO', 'managed', 'HMO']

/** CT, CTA, MRI, MRA, PET and cardiac nuclear imaging by code; the manual names the kinds of study. */
const advancedImaging = [
  { from: '70450', to: '70498' },
  '70336',
  { from: '70540', to: '70553' },
  { from: '71250', to: '71275' },
  { from: '71550', to: '71555' },
  { from: '72125', to: '72159' },
  { from: '72191', to: '72198' },
  { from: '73200', to: '73225' },
  { from: '73700', to: '73725' },
  { from: '74150', to: '74185' },
  { from: '75557', to: '75574' },
  { from: '78451', to: '78454' },
  '78459',
  '78491',
  '78492',
  '78608',
  { from: '78811', to: '78816' },
]

const manual = {
  document: 'Texas Medicaid Provider Procedures Manual, Radiology and Laboratory Services Handbook',
  section: '3.2.6',
  date: '2016-12',
  url: 'http://www.tmhp.com/Manuals_HTML1/TMPPM/Archive/2016/Vol2_Radiology_and_Laboratory_Services_Handbook.27.61.html',
  // Read in a stored copy of the December 2016 edition; the request form F00078 (rev. 04/22/2024) still asks
  // for the same kinds of study.
  verified: true,
} as const

export const texasMedicaidRules: readonly RequirementRule[] = [
  {
    ruleId: 'texas-medicaid-outpatient-imaging',
    payers: texasMedicaid,
    exceptWords: managedCare,
    procedureCodes: advancedImaging,
    placesOfService: ['office_or_clinic', 'hospital_outpatient'],
    effectiveFrom: '2016-12-01',
    isRequired: true,
    reason:
      'Texas Medicaid requires prior authorization for planned outpatient CT, MR, PET and cardiac nuclear imaging',
    source: manual,
  },
  {
    ruleId: 'texas-medicaid-hospital-imaging',
    payers: texasMedicaid,
    exceptWords: managedCare,
    procedureCodes: advancedImaging,
    placesOfService: ['emergency', 'observation', 'inpatient'],
    effectiveFrom: '2016-12-01',
    isRequired: false,
    reason:
      'Texas Medicaid requires none for imaging in the emergency department, in observation or in hospital',
    source: manual,
  },
]

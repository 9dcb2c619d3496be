import type { RequirementRule } from '../requirement-rule.ts'

/** Original Medicare by whole names: "Aetna Medicare" is a Medicare Advantage plan with its own list. */
const originalMedicare = [
  { whole: 'Medicare' },
  { whole: 'Original Medicare' },
  { whole: 'Traditional Medicare' },
  { whole: 'Medicare Part A' },
  { whole: 'Medicare Part B' },
  { whole: 'Medicare Part A and B' },
  { whole: 'Medicare Fee for Service' },
  { whole: 'Medicare FFS' },
]
const advantage = ['advantage', 'part c', 'HMO', 'PPO', 'PFFS', 'SNP']

const outpatientList = {
  document:
    '42 CFR 419.83 and the CMS list of outpatient department services that require prior authorization',
  section: '419.83(a)',
  date: '2024-08-05',
  url: 'https://www.cms.gov/research-statistics-data-systems/medicare-fee-service-compliance-programs/prior-authorization-initiatives/prior-authorization-certain-hospital-outpatient-department-opd-services',
} as const

/**
 * Read: the text of the regulation and a Medicare contractor's article. From memory: the codes with `isListRead`
 * false.
 */
function outpatient(
  category: string,
  effectiveFrom: string,
  procedureCodes: RequirementRule['procedureCodes'],
  isListRead: boolean,
): RequirementRule {
  return {
    ruleId: `medicare-outpatient-${category.replaceAll(' ', '-')}`,
    payers: originalMedicare,
    exceptWords: advantage,
    procedureCodes,
    placesOfService: ['hospital_outpatient'],
    effectiveFrom,
    isRequired: true,
    reason: `Medicare requires prior authorization for ${category} in a hospital outpatient department`,
    source: { ...outpatientList, verified: isListRead },
  }
}

const equipmentList = {
  document:
    'Medicare required prior authorization list of equipment, prosthetics and orthotics (42 CFR 414.234)',
  section: 'CGS, Prior Authorization for DMEPOS',
  date: '2024-08-28',
  url: 'https://cgsmedicare.com/jc/pa/index.html',
} as const

/** The codes were read at CGS; first days that CGS does not name are from memory. */
function equipment(
  what: string,
  effectiveFrom: string,
  procedureCodes: RequirementRule['procedureCodes'],
  verified: boolean,
  effectiveTo?: string,
): RequirementRule {
  return {
    ruleId: `medicare-${what.replaceAll(' ', '-')}-${effectiveFrom.slice(0, 4)}`,
    payers: originalMedicare,
    exceptWords: advantage,
    procedureCodes,
    effectiveFrom,
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    isRequired: true,
    reason: `Medicare requires prior authorization for these ${what} before they are delivered`,
    source: { ...equipmentList, verified },
  }
}

export const medicareRules: readonly RequirementRule[] = [
  outpatient(
    'blepharoplasty',
    '2020-07-01',
    [
      ...['15820', '15821', '15822', '15823', '67900', '67901', '67902', '67903', '67904'],
      ...['67906', '67908'],
    ],
    false,
  ),
  // Only with 64612 or 64615; a single code does not say which drug goes with which procedure.
  outpatient('botulinum toxin', '2020-07-01', ['64612', '64615'], false),
  outpatient('panniculectomy', '2020-07-01', ['15830', '15847', '15877'], false),
  outpatient(
    'rhinoplasty',
    '2020-07-01',
    ['30400', '30410', '30420', '30430', '30435', '30450', '30460', '30462', '30465', '30520'],
    false,
  ),
  outpatient(
    'vein ablation',
    '2020-07-01',
    ['36473', '36474', '36475', '36476', '36478', '36479', '36482', '36483'],
    false,
  ),
  outpatient('cervical fusion', '2021-07-01', ['22551', '22552'], false),
  outpatient('spinal neurostimulators', '2021-07-01', ['63650'], false),
  outpatient(
    'facet joint interventions',
    '2023-07-01',
    ['64490', '64491', '64493', '64494', '64633', '64634', '64635', '64636'],
    true,
  ),
  // CMS removed the third level from the list on 2024-08-05: it is never covered.
  {
    ...outpatient('third facet levels', '2023-07-01', ['64492', '64495'], true),
    effectiveTo: '2024-08-04',
  },
  equipment(
    'power wheelchairs',
    '2018-09-01',
    [
      { from: 'K0813', to: 'K0816' },
      { from: 'K0820', to: 'K0829' },
      { from: 'K0835', to: 'K0843' },
      { from: 'K0848', to: 'K0855' },
    ],
    false,
  ),
  equipment('power wheelchairs', '2017-03-20', ['K0856', 'K0861'], false),
  equipment(
    'power wheelchairs',
    '2019-07-22',
    ['K0857', 'K0858', 'K0859', 'K0860', 'K0862', 'K0863', 'K0864'],
    true,
  ),
  equipment(
    'power operated vehicles',
    '2022-04-13',
    ['K0800', 'K0801', 'K0802', 'K0806', 'K0807', 'K0808'],
    false,
  ),
  equipment(
    'pressure reducing surfaces',
    '2019-10-21',
    ['E0193', 'E0277', 'E0371', 'E0372', 'E0373'],
    true,
  ),
  equipment(
    'lower limb prostheses',
    '2020-12-01',
    ['L5856', 'L5857', 'L5858', 'L5973', 'L5980', 'L5987'],
    false,
  ),
  equipment('orthoses', '2022-10-10', ['L0648', 'L0650', 'L1832', 'L1851'], false),
  equipment('orthosis L1833', '2022-10-10', ['L1833'], false, '2024-08-11'),
  equipment('orthoses', '2024-08-12', ['L0631', 'L0637', 'L0639', 'L1843', 'L1845', 'L1951'], true),
  // Osteogenesis stimulators (E0747, E0748, E0760) are left out: 2024-08-12 in four states only, suspended on
  // 2024-08-28.
  {
    ruleId: 'medicare-office-visits-and-imaging',
    payers: originalMedicare,
    exceptWords: advantage,
    procedureCodes: [
      { from: '99202', to: '99215' },
      { from: '70336', to: '70553' },
      { from: '71045', to: '71555' },
      { from: '72100', to: '72198' },
      { from: '73200', to: '73225' },
      { from: '73560', to: '73725' },
      { from: '74150', to: '74185' },
      { from: '75557', to: '75574' },
      { from: '93000', to: '93010' },
      { from: '93303', to: '93351' },
    ],
    effectiveFrom: '2020-07-01',
    isRequired: false,
    reason:
      'original Medicare requires prior authorization only for its published lists, and this is on none of them',
    source: { ...outpatientList, verified: false },
  },
]

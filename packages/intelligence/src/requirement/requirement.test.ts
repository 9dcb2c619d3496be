import { describe, expect, test } from 'vitest'
import { findRequirement, type RequirementQuestion } from './find-requirement.ts'
import { lintRequirements } from './lint-requirements.ts'
import { toPlaceOfService } from './place-of-service.ts'
import { requirementRule, type RequirementRule } from './requirement-rule.ts'
import { requirementRules } from './rules/rules.ts'

const question = (changes: Partial<RequirementQuestion> = {}): RequirementQuestion => ({
  procedureCode: '72148',
  placeOfService: 'office_or_clinic',
  serviceDay: '2026-03-02',
  ...changes,
})

const rule = (changes: Partial<RequirementRule> = {}): RequirementRule => ({
  ruleId: 'a-rule',
  procedureCodes: ['72148'],
  effectiveFrom: '2020-01-01',
  isRequired: true,
  reason: 'the payer asks it',
  source: { document: 'a list', verified: true },
  ...changes,
})

describe('the rules we ship', () => {
  test('are valid', () => {
    expect(lintRequirements(requirementRules)).toEqual([])
  })

  test.each<[Partial<RequirementQuestion>, string]>([
    [{ procedureCode: '99213' }, 'not_required'],
    [{ procedureCode: '99213', payerName: 'Aetna' }, 'not_required'],
    [{ procedureCode: '72148' }, 'unknown'],
    [{ procedureCode: '72148', payerName: 'Aetna' }, 'unknown'],
    [{ payerName: 'Texas Medicaid' }, 'required'],
    [{ payerName: 'TEXAS MEDICAID & HEALTHCARE PARTNERSHIP' }, 'required'],
    [{ payerName: 'Texas Medicaid', placeOfService: 'emergency' }, 'not_required'],
    [{ payerName: 'Texas Medicaid', planName: 'STAR' }, 'unknown'],
    [{ payerName: 'Texas Medicaid', placeOfService: 'unknown' }, 'unknown'],
    [{ payerName: 'Medicare' }, 'not_required'],
    [{ payerName: 'Medicare', planName: 'Medicare Advantage HMO' }, 'unknown'],
    [{ payerName: 'Aetna Medicare' }, 'unknown'],
    [{ procedureCode: '27447', placeOfService: 'emergency', payerName: 'Aetna' }, 'not_required'],
    [{ procedureCode: '27447', placeOfService: 'emergency', serviceDay: '2021-12-31' }, 'unknown'],
    [{ procedureCode: '64493', payerName: 'Medicare' }, 'unknown'],
    [
      { procedureCode: '64493', payerName: 'Medicare', placeOfService: 'hospital_outpatient' },
      'required',
    ],
    [
      {
        procedureCode: '64493',
        payerName: 'Medicare',
        placeOfService: 'hospital_outpatient',
        serviceDay: '2023-06-30',
      },
      'unknown',
    ],
    [
      { procedureCode: '64495', payerName: 'Medicare', placeOfService: 'hospital_outpatient' },
      'unknown',
    ],
    [{ procedureCode: 'L1833', payerName: 'Medicare', serviceDay: '2024-08-11' }, 'required'],
    [{ procedureCode: 'L1833', payerName: 'Medicare', serviceDay: '2024-08-12' }, 'unknown'],
    [{ procedureCode: 'L1843', payerName: 'Medicare', serviceDay: '2024-08-12' }, 'required'],
    [{ procedureCode: 'E0748', payerName: 'Medicare' }, 'unknown'],
    [{ procedureCode: 'k0861', payerName: 'Medicare Part B' }, 'required'],
  ])('%o: %s', (changes, need) => {
    expect(findRequirement(question(changes)).need).toBe(need)
  })
})

test('a rule with a misspelt key is refused, because without its payers it would be for every payer', () => {
  const misspelt = { ...rule(), payerNames: ['Acme'] }

  expect(requirementRule.safeParse(misspelt).error?.message).toContain('payerNames')
})

describe('the most specific rule decides', () => {
  const general = rule({ ruleId: 'general', isRequired: false })

  test.each<[string, Partial<RequirementRule>, Partial<RequirementQuestion>]>([
    ['a payer before any payer', { payers: ['Acme'] }, { payerName: 'Acme Health' }],
    ['a place before any place', { placesOfService: ['office_or_clinic'] }, {}],
    ['the newer before the older', { effectiveFrom: '2025-01-01' }, {}],
  ])('%s', (_, exact, changes) => {
    const rules = [general, rule({ ruleId: 'exact', ...exact })]

    expect(findRequirement(question(changes), rules).rule?.ruleId).toBe('exact')
  })

  test('a plan before its payer', () => {
    const payer = rule({ ruleId: 'payer', payers: ['Acme'] })
    const plan = rule({ ruleId: 'plan', payers: ['Acme'], plans: ['Gold'], isRequired: false })
    const asked = question({ payerName: 'Acme', planName: 'Acme Gold 1500' })

    expect(findRequirement(asked, [payer, plan]).rule?.ruleId).toBe('plan')
  })

  test('prefers a code to a range of codes', () => {
    const range = rule({ ruleId: 'range', procedureCodes: [{ from: '72141', to: '72158' }] })

    expect(findRequirement(question(), [range, general]).rule?.ruleId).toBe('general')
  })

  test('equally specific rules that disagree decide nothing', () => {
    const found = findRequirement(question(), [general, rule({ ruleId: 'contrary' })])

    expect(found).toMatchObject({ need: 'unknown', reason: expect.stringContaining('contrary') })
    expect(found.citations).toHaveLength(2)
  })
})

describe('the reason', () => {
  test('states that the payer is unknown', () => {
    expect(findRequirement(question()).reason).toContain('the payer is unknown')
    expect(findRequirement(question({ procedureCode: '99213' })).reason).toContain(
      'payer is unknown',
    )
  })

  test('names the payer that has no rule', () => {
    expect(findRequirement(question({ payerName: 'Aetna' })).reason).toContain('no rule of Aetna')
  })

  test('names the place at which the rule would apply', () => {
    const asked = question({ procedureCode: '64493', payerName: 'Medicare' })

    expect(findRequirement(asked).reason).toContain('needed at hospital_outpatient')
  })

  test('states that no rule is in force on the day', () => {
    const asked = question({ serviceDay: '2019-12-31' })

    expect(findRequirement(asked, [rule()]).reason).toContain('in force on 2019-12-31')
  })

  test('states that the source was not read', () => {
    const unread = rule({ source: { document: 'a list', verified: false } })

    expect(findRequirement(question(), [unread]).reason).toContain('was not read')
    expect(findRequirement(question(), [unread]).citations).toEqual([{ document: 'a list' }])
  })
})

test.each([
  ['AMB', 'office_or_clinic'],
  ['EMER', 'emergency'],
  ['IMP', 'inpatient'],
  ['ACUTE', 'inpatient'],
  ['OBSENC', 'observation'],
  ['HH', 'home'],
  ['VR', 'telehealth'],
  ['SS', 'unknown'],
  [undefined, 'unknown'],
])('the class %s is the place %s', (classCode, place) => {
  expect(toPlaceOfService(classCode)).toBe(place)
})

describe('the lint refuses', () => {
  const range = { from: '72141', to: '72158' }

  test.each<[string, RequirementRule[]]>([
    ['has no source', [rule({ source: { document: ' ', verified: false } })]],
    ['names no code', [rule({ procedureCodes: [] })]],
    ['99999 is not in the code tables', [rule({ procedureCodes: ['99999'] })]],
    ['before it begins', [rule({ effectiveTo: '2019-01-01' })]],
    ['is not a range of codes', [rule({ procedureCodes: [{ from: '72158', to: '72141' }] })]],
    ['the id is used twice', [rule(), rule()]],
    ['contradicts twin', [rule(), rule({ ruleId: 'twin', isRequired: false })]],
    [
      'contradicts twin',
      [
        rule({ procedureCodes: [range], payers: ['Acme'], placesOfService: ['home'] }),
        rule({
          ruleId: 'twin',
          procedureCodes: [{ from: '72158', to: '72159' }],
          payers: [{ whole: 'ACME' }],
          placesOfService: ['home', 'inpatient'],
          isRequired: false,
        }),
      ],
    ],
  ])('%s', (problem, rules) => {
    expect(lintRequirements(rules).join('\n')).toContain(problem)
  })

  test('nothing if the rules differ in payer, place, day or code', () => {
    const twin = { ruleId: 'twin', isRequired: false }
    for (const difference of [
      { payers: ['Acme'] },
      { placesOfService: ['home'] },
      { effectiveFrom: '2021-01-01' },
      { procedureCodes: [range] },
    ] satisfies Partial<RequirementRule>[]) {
      expect(lintRequirements([rule(), rule({ ...twin, ...difference })])).toEqual([])
    }
  })
})

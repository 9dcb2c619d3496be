import { describe, expect, it } from 'vitest'
import type { Policy } from '../src/index.ts'
import { policies } from '../src/index.ts'
import { isLoincCode, isSnomedCode } from '../src/policy/lint/check-digits.ts'
import { lintPolicy } from '../src/policy/lint/lint-policy.ts'

/** The day the catalogue was last gone through. A newer code set is a reason to move it, and to see what it refuses. */
const reviewedOn = '2026-11-24'

const weeks = (value: number) => ({ value, unit: 'weeks' as const, source: 'paper' })
const sound: Policy = {
  policyId: 'sound',
  title: 'A policy that nothing is wrong with',
  version: '1',
  effectiveFrom: '2025-01-01',
  procedureCodes: ['72148'],
  sources: {
    paper: {
      document: 'A paper',
      section: '1',
      date: '2025',
      basis: 'published',
      verified: { on: '2026-01-01', by: 'the whole text' },
    },
  },
  criteria: [
    {
      criterionId: 'a',
      question: 'Is it so?',
      missing: 'whether it is so',
      effort: 'document',
      sources: ['paper'],
      coded: [{ from: 'conditions', codes: [{ system: 'icd10cm', under: ['M54.1'] }] }],
    },
    {
      criterionId: 'b',
      question: 'Was it done?',
      missing: 'when it was done',
      effort: 'treat',
      sources: ['paper'],
      notes: [{ kind: 'done', terms: ['therapy'], lasting: weeks(6) }],
    },
  ],
  always: { criterion: 'a' },
  pathways: [{ pathwayId: 'way', label: 'The way', rule: { criterion: 'b' } }],
}
const [first, second] = sound.criteria as [Policy['criteria'][0], Policy['criteria'][0]]
const withCriterion = (change: Partial<Policy['criteria'][0]>): Policy => ({
  ...sound,
  criteria: [{ ...first, ...change }, second],
})
const withWay = (rule: Policy['always']): Policy => ({
  ...sound,
  pathways: [{ pathwayId: 'way', label: 'The way', rule }],
})

describe('the catalogue', () => {
  it.each(policies.map((policy) => [policy.policyId, policy] as const))(
    '%s passes the linter',
    (_, policy) => {
      expect(lintPolicy(policy, reviewedOn)).toEqual([])
    },
  )
})

describe('the linter', () => {
  it('finds nothing wrong with a sound policy', () => {
    expect(lintPolicy(sound, reviewedOn)).toEqual([])
  })

  const refusals: readonly (readonly [string, string, unknown])[] = [
    ['a policy of the wrong shape', 'schema', { ...sound, title: 7 }],
    ['a criterion without a citation', 'schema', withCriterion({ sources: [] })],
    [
      'a bare number where a sourced one belongs',
      'schema',
      withWay({ criterion: 'b', within: 6 } as never),
    ],
    ['an end before the beginning', 'dates_reversed', { ...sound, effectiveTo: '2024-01-01' }],
    ['a source that is not in the table', 'unknown_source', withCriterion({ sources: ['rumour'] })],
    [
      'a source that nothing names',
      'unused_source',
      { ...sound, sources: { ...sound.sources, idle: { ...sound.sources['paper'] } } },
    ],
    [
      'a published source that nobody has read, in a policy that is on',
      'unverified_source',
      {
        ...sound,
        sources: { paper: { document: 'A paper', section: '1', date: '2025', basis: 'published' } },
      },
    ],
    ['an unknown procedure code', 'bad_code', { ...sound, procedureCodes: ['00001'] }],
    [
      'a diagnosis that does not exist',
      'bad_code',
      withCriterion({
        coded: [{ from: 'conditions', codes: [{ system: 'icd10cm', codes: ['M54.52'] }] }],
      }),
    ],
    [
      'a diagnosis that can no longer be billed',
      'bad_code',
      withCriterion({
        coded: [{ from: 'conditions', codes: [{ system: 'icd10cm', codes: ['M54.5'] }] }],
      }),
    ],
    [
      'a header where a billable code belongs',
      'bad_code',
      withCriterion({
        coded: [{ from: 'conditions', codes: [{ system: 'icd10cm', codes: ['M48.06'] }] }],
      }),
    ],
    [
      'a category with nothing below it',
      'bad_code',
      withCriterion({
        coded: [{ from: 'conditions', codes: [{ system: 'icd10cm', under: ['M54.52'] }] }],
      }),
    ],
    [
      'a mistyped LOINC code',
      'bad_code',
      withCriterion({
        coded: [{ from: 'observations', codes: [{ system: 'loinc', codes: ['2708-5'] }] }],
      }),
    ],
    [
      'a mistyped SNOMED CT identifier',
      'bad_code',
      withCriterion({
        coded: [{ from: 'conditions', codes: [{ system: 'snomed', codes: ['23056006'] }] }],
      }),
    ],
    [
      'a criterion that asks nothing',
      'unsatisfiable_criterion',
      { ...sound, criteria: [{ ...first, coded: undefined }, second] },
    ],
    [
      'a rule that picks nothing out',
      'unsatisfiable_criterion',
      withCriterion({ coded: [{ from: 'conditions' }] }),
    ],
    [
      'a treatment that outlasts its window',
      'unsatisfiable_criterion',
      withCriterion({
        coded: [{ from: 'procedures', words: ['x'], lasting: weeks(6), within: weeks(4) }],
      }),
    ],
    [
      'bounds that no value keeps to',
      'bad_bounds',
      withCriterion({
        coded: [
          {
            from: 'observations',
            words: ['x'],
            value: {
              atLeast: { value: 9, unit: '%', source: 'paper' },
              below: { value: 9, unit: '%', source: 'paper' },
            },
          },
        ],
      }),
    ],
    [
      'a unit that UCUM does not know',
      'bad_bounds',
      withCriterion({
        coded: [
          {
            from: 'observations',
            words: ['x'],
            value: { atLeast: { value: 9, unit: 'furlong', source: 'paper' } },
          },
        ],
      }),
    ],
    [
      'a term that is no regular expression',
      'bad_term',
      withCriterion({ notes: [{ kind: 'finding', terms: ['('] }] }),
    ],
    [
      'a term that matches nothing at all',
      'bad_term',
      withCriterion({ notes: [{ kind: 'finding', terms: ['(?:pain)?'] }] }),
    ],
    [
      'what is no FHIRPath',
      'bad_fhirpath',
      withCriterion({ coded: [{ from: 'conditions', where: 'code.(' }] }),
    ],
    [
      'a bare number in FHIRPath',
      'bad_fhirpath',
      withCriterion({ coded: [{ from: 'patient', where: 'ageYears > 50' }] }),
    ],
    [
      'a parameter that is not given',
      'bad_fhirpath',
      withCriterion({ coded: [{ from: 'patient', where: 'ageYears > %minimum' }] }),
    ],
    [
      'a rule about a criterion that is not there',
      'unknown_criterion',
      withWay({ criterion: 'c' }),
    ],
    ['two criteria of one name', 'named_twice', { ...sound, criteria: [first, first, second] }],
    ['a criterion that no rule asks', 'unused_criterion', withWay({ criterion: 'a' })],
    [
      'a pathway that nothing can satisfy',
      'unreachable_pathway',
      withWay({ all: [{ criterion: 'b' }, { unless: { criterion: 'b' } }] }),
    ],
    [
      'a pathway against what every request needs',
      'unreachable_pathway',
      withWay({ all: [{ criterion: 'b' }, { unless: { criterion: 'a' } }] }),
    ],
    [
      'a pathway that is no way of its own',
      'needless_pathway',
      {
        ...sound,
        pathways: [
          { pathwayId: 'way', label: 'The way', rule: { criterion: 'b' } },
          {
            pathwayId: 'same',
            label: 'The same',
            rule: { all: [{ criterion: 'a' }, { criterion: 'b' }] },
          },
        ],
      },
    ],
    [
      'a count of what notes tell',
      'count_of_notes',
      withWay({ countOf: 'b', atMost: { value: 4, source: 'paper' }, within: weeks(52) }),
    ],
    [
      'silence of notes taken for a no',
      'silence_of_notes',
      { ...sound, criteria: [first, { ...second, silence: 'not_met' }] },
    ],
  ]
  it.each(refusals)('refuses %s', (_, rule, policy) => {
    expect(lintPolicy(policy, reviewedOn).map((problem) => problem.rule)).toContain(rule)
  })
})

describe('check digits', () => {
  it.each(['2708-6', '59408-5', '2703-7', '4544-3', '39156-5'])(
    'know the LOINC code %s',
    (code) => {
      expect(isLoincCode(code)).toBe(true)
    },
  )

  it('know that the code the original filed its forms under is none', () => {
    expect(isLoincCode('64289-6')).toBe(false)
  })

  it.each(['23056005', '73211009', '103696004', '456381000124102'])(
    'know the SNOMED CT identifier %s',
    (code) => {
      expect(isSnomedCode(code)).toBe(true)
    },
  )
})

import { describe, expect, it } from 'vitest'
import { parseYaml as parse } from '../../src/yaml/parse-yaml.ts'
import { lintPolicy } from '../../src/policy/lint/lint-policy.ts'
import { policies } from '../../src/policy/registry.ts'

/** The day of the last policy review. When a newer code set appears, move it and check what is refused. */
const serviceDay = '2026-11-24'
const conceptIds = new Set([
  'foot-drop',
  'fever',
  'drop-attack',
  'physical-therapy',
  'lumbar-spine',
  'ahi',
  'mri',
  'walking',
])

const query = '{ finding: [foot-drop], codes: [{ system: icd10cm, under: [M54.1] }] }'
const therapy = '{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks, source: paper } }'

interface Sketch {
  readonly head?: string
  readonly source?: string
  readonly first?: string
  readonly second?: string
  readonly more?: string
  readonly always?: string
  readonly ways?: string
}

/** A valid policy, apart from the changes in the sketch. */
function aPolicy({
  head = '',
  source = "verified: { on: '2026-01-01', by: the whole text }",
  first = `any: [${query}]`,
  second = `any: [${therapy}]`,
  more = '',
  always = '{ criterion: a }',
  ways = '[{ pathwayId: way, label: The way, rule: { criterion: b } }]',
}: Sketch = {}): unknown {
  const criterion = (id: string, rest: string) =>
    `{ criterionId: ${id}, question: 'Is it so?', missing: whether it is so, effort: document, sources: [paper], ${rest} }`
  return parse(`
policyId: sound
title: A policy that nothing is wrong with
version: '1'
effectiveFrom: '2025-01-01'
procedureCodes: ['72148']
${head}
sources:
  paper: { document: A paper, section: '1', date: '2025', basis: published, ${source} }
criteria:
  - ${criterion('a', first)}
  - ${criterion('b', second)}
${more}
always: ${always}
pathways: ${ways}
`)
}

const lookBack = { Procedure: 24, DocumentReference: 6, Observation: 12 }
const lint = (candidate: unknown) => lintPolicy(candidate, { serviceDay, conceptIds, lookBack })
const months = (value: number) => `within: { value: ${value}, unit: months, source: paper }`

describe('our policies', () => {
  it.each([
    ...policies.map((one) => [one.policyId, one] as const),
    ['the sound one', aPolicy()] as const,
  ])('%s passes the linter', (_, policy) => {
    expect(lintPolicy(policy, { serviceDay })).toEqual([])
  })
})

type Refusal = readonly [says: string, rule: string, path: string, message: RegExp, sketch: Sketch]

const refusals: readonly Refusal[] = [
  [
    'an unknown key',
    'schema',
    'the file',
    /unknown key "colour"; allowed: policyId, title/,
    { head: 'colour: red' },
  ],
  [
    'an unknown key of a criterion',
    'schema',
    'criteria.a',
    /unknown key "hint"; allowed: criterionId, question/,
    { first: `any: [${query}], hint: no` },
  ],
  [
    'an unknown key of a query',
    'schema',
    'criteria.a.any.0',
    /unknown key "colour"; allowed: finding, name, sites/,
    { first: 'any: [{ finding: [foot-drop], colour: red }]' },
  ],
  [
    'wording under a key of the old language',
    'wording',
    'criteria.a.notes',
    /contains no wording/,
    { first: `any: [${query}], notes: [{ terms: [foot drop] }]` },
  ],
  [
    'terms in a query',
    'wording',
    'criteria.a.any.0.terms',
    /contains no wording/,
    { first: 'any: [{ finding: [foot-drop], terms: [drop foot] }]' },
  ],
  [
    'words in place of a concept',
    'wording',
    'criteria.a.any.0.finding.0',
    /"foot drop" is wording; allowed: ids of concepts/,
    { first: 'any: [{ finding: [foot drop] }]' },
  ],
  [
    'a regular expression in place of a concept',
    'wording',
    'criteria.a.any.0.finding.0',
    /is wording/,
    { first: "any: [{ finding: ['foot.?drop'] }]" },
  ],
  [
    'a regular expression in place of a site',
    'wording',
    'criteria.a.any.0.sites.0',
    /is wording/,
    { first: "any: [{ finding: [foot-drop], sites: ['l(umbar)?'] }]" },
  ],
  [
    'a query of no kind',
    'schema',
    'criteria.a.any.0',
    /is not a query; allowed: one of finding, therapy/,
    { first: 'any: [{ symptom: [foot-drop] }]' },
  ],
  [
    'a query that is a word',
    'schema',
    'criteria.a.any.0',
    /is not a query/,
    { first: 'any: [foot-drop]' },
  ],
  [
    'all of one',
    'schema',
    'criteria.a.any.0.all',
    />=2 items/,
    { first: `any: [{ all: [${query}] }]` },
  ],
  [
    'a fault within all',
    'wording',
    'criteria.a.any.0.all.1.finding.0',
    /is wording/,
    { first: `any: [{ all: [${query}, { finding: [Fever] }] }]` },
  ],
  [
    'a bare number',
    'schema',
    'criteria.b.any.0.atLeast',
    /expected object/i,
    { second: 'any: [{ therapy: [physical-therapy], atLeast: 6 }]' },
  ],
  [
    'a number without its source',
    'schema',
    'criteria.b.any.0.atLeast.source',
    /expected string/i,
    { second: 'any: [{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks } }]' },
  ],
  [
    'a rule of no kind',
    'schema',
    'always',
    /is not a rule; allowed: criterion,/,
    { always: '{ either: [] }' },
  ],
  [
    'a fault deep in a rule',
    'schema',
    'pathways.0.rule.any.1.unless',
    /is not a rule/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { any: [{ criterion: b }, { unless: { not: b } }] } }]',
    },
  ],
  [
    'an unknown source',
    'unknown_source',
    'criteria.b.any.0.atLeast.source',
    /"rumour", which the policy does not have; allowed: paper/,
    {
      second:
        'any: [{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks, source: rumour } }]',
    },
  ],
  [
    'an unused source',
    'unused_source',
    'sources.idle',
    /is not used/,
    {
      source:
        "verified: { on: '2026-01-01', by: x } }\n  idle: { document: A, section: b, date: '2025', basis: our_default",
    },
  ],
  [
    'a published source that nobody has verified',
    'unverified_source',
    'sources.paper',
    /nobody has verified it/,
    { source: "url: 'https://example.org/x'" },
  ],
  [
    'an end before the beginning',
    'dates_reversed',
    'effectiveTo',
    /ends before/,
    { head: "effectiveTo: '2024-01-01'" },
  ],
  [
    'a concept that the lexicon lacks',
    'unknown_concept',
    'criteria.a.any.0',
    /"dropped-foot" is not a concept of the lexicon; the closest are foot-drop/,
    { first: 'any: [{ finding: [dropped-foot] }]' },
  ],
  [
    'a site that the lexicon lacks',
    'unknown_concept',
    'criteria.a.any.0.sites',
    /"toe" is not a concept of the lexicon$/,
    { first: 'any: [{ finding: [foot-drop], sites: [toe] }]' },
  ],
  [
    'a condition that the lexicon lacks',
    'unknown_concept',
    'criteria.a.any.0.conditions',
    /at-rest/,
    { first: 'any: [{ measure: [ahi], conditions: [at-rest] }]' },
  ],
  [
    'a denial of something that is not an alternative',
    'unknown_alternative',
    'criteria.a.deniedBy.0',
    /"fever" is not an alternative; allowed: foot-drop/,
    { first: `any: [${query}], deniedBy: [[fever]]` },
  ],
  [
    'two alternatives of one name',
    'named_twice',
    'criteria.a.any',
    /two alternatives have the name x/,
    { first: 'any: [{ name: x, finding: [foot-drop] }, { name: x, finding: [fever] }]' },
  ],
  [
    'a course longer than its window',
    'impossible_window',
    'criteria.b.any.0',
    /atLeast is longer than within: 6 weeks does not fit in 1 months/,
    {
      second: `any: [{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks, source: paper }, ${months(1)} }]`,
    },
  ],
  [
    'relief longer than its window',
    'impossible_window',
    'criteria.b.any.0',
    /relief.lasting is longer/,
    {
      second: `any: [{ therapy: [physical-therapy], relief: { percent: { value: 50, source: paper }, lasting: { value: 3, unit: months, source: paper } }, ${months(1)} }]`,
    },
  ],
  [
    'more sessions than the window has days',
    'impossible_window',
    'criteria.b.any.0',
    /40 sessions in 31 days/,
    {
      second: `any: [{ therapy: [physical-therapy], sessions: { value: 40, source: paper }, ${months(1)} }]`,
    },
  ],
  [
    'more different concepts than are listed',
    'unsatisfiable_query',
    'criteria.b.any.0',
    /2 different ones of 1/,
    { second: 'any: [{ therapy: [physical-therapy], distinct: { value: 2, source: paper } }]' },
  ],
  [
    'a length of what is only planned',
    'unsatisfiable_query',
    'criteria.b.any.0',
    /no length and no outcome/,
    { second: 'any: [{ therapy: [physical-therapy], orPlanned: true, outcome: [failed] }]' },
  ],
  [
    'a severity that has to be coded',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /neither severity nor course/,
    { first: 'any: [{ finding: [foot-drop], codedOnly: true, severity: [severe] }]' },
  ],
  [
    'a window of the order itself',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /remove within/,
    { first: `any: [{ finding: [foot-drop], lists: [order_reasons], ${months(3)} }]` },
  ],
  [
    'an order of no code',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /names no code/,
    { first: 'any: [{ order: [{ system: cpt }] }]' },
  ],
  [
    'bounds that nothing keeps to',
    'bad_bounds',
    'criteria.a.any.0.value',
    /no value is within/,
    {
      first:
        'any: [{ measure: [ahi], value: { above: { value: 9, unit: /h, source: paper }, atMost: { value: 9, unit: /h, source: paper } } }]',
    },
  ],
  [
    'a unit that UCUM lacks',
    'bad_bounds',
    'criteria.a.any.0.value',
    /"furlong" is not a UCUM unit/,
    {
      first:
        'any: [{ measure: [ahi], value: { above: { value: 9, unit: furlong, source: paper } } }]',
    },
  ],
  [
    'a dose in no unit',
    'bad_bounds',
    'criteria.b.any.0.dose',
    /"spoon" is not a UCUM unit/,
    {
      second:
        'any: [{ therapy: [physical-therapy], dose: { atLeast: { value: 1, unit: spoon, source: paper } } }]',
    },
  ],
  [
    'silence over more than the look-back',
    'look_back',
    'criteria.a.any.0',
    /within 12 months, but DocumentReference is read only 6 months back; raise the look-back/,
    { first: `silence: not_met, any: [{ study: [mri], ${months(12)} }]` },
  ],
  [
    'silence without a window',
    'look_back',
    'criteria.a.any.0',
    /without a window, but Procedure is read only 24 months back; add "within"/,
    { first: 'silence: not_met, any: [{ study: [mri] }]' },
  ],
  [
    'a diagnosis that does not exist',
    'unknown_code',
    'criteria.a.any.0.codes',
    /M54.52/,
    { first: 'any: [{ finding: [foot-drop], codes: [{ system: icd10cm, codes: [M54.52] }] }]' },
  ],
  [
    'a header instead of a billable code',
    'bad_code',
    'criteria.a.any.0.codes',
    /M48.06 is not billable/,
    { first: 'any: [{ finding: [foot-drop], codes: [{ system: icd10cm, codes: [M48.06] }] }]' },
  ],
  [
    'a category with nothing below it',
    'bad_code',
    'criteria.a.any.0.codes',
    /no billable code below/,
    { first: 'any: [{ finding: [foot-drop], codes: [{ system: icd10cm, under: [M54.52] }] }]' },
  ],
  [
    'a hierarchy in a system without one',
    'bad_code',
    'criteria.a.any.0.codes',
    /cpt has no hierarchy/,
    { first: "any: [{ finding: [foot-drop], codes: [{ system: cpt, under: ['721'] }] }]" },
  ],
  [
    'a code set without codes',
    'bad_code',
    'criteria.a.any.0.codes',
    /names no code/,
    { first: 'any: [{ finding: [foot-drop], codes: [{ system: icd10cm }] }]' },
  ],
  [
    'a mistyped LOINC code',
    'bad_code',
    'criteria.a.any.0.codes',
    /check digit/,
    { first: 'any: [{ measure: [ahi], codes: [{ system: loinc, codes: [2708-5] }] }]' },
  ],
  [
    'a mistyped SNOMED CT identifier',
    'bad_code',
    'criteria.a.any.0.codes',
    /check digit/,
    { first: "any: [{ finding: [foot-drop], codes: [{ system: snomed, codes: ['23056006'] }] }]" },
  ],
  [
    'an invalid RxNorm identifier',
    'bad_code',
    'criteria.a.any.0.codes',
    /not an RxNorm identifier/,
    { first: 'any: [{ finding: [foot-drop], codes: [{ system: rxnorm, codes: [naproxen] }] }]' },
  ],
  [
    'an order for a code that is unknown',
    'unknown_code',
    'criteria.a.any.0.order',
    /00001/,
    { first: "any: [{ order: [{ system: cpt, codes: ['00001'] }] }]" },
  ],
  [
    'an order for an invalid code',
    'bad_code',
    'criteria.a.any.0.order',
    /721/,
    { first: "any: [{ order: [{ system: cpt, codes: ['721'] }] }]" },
  ],
  [
    'isPlaced without sites',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /add sites/,
    { first: 'any: [{ finding: [foot-drop], isPlaced: true }]' },
  ],
  [
    'a course both required and excluded',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /in course and in notCourse/,
    { first: 'any: [{ finding: [foot-drop], course: [new], notCourse: [new] }]' },
  ],
  [
    'codes in a query on notes only',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /remove notesOnly/,
    {
      first:
        'any: [{ finding: [foot-drop], notesOnly: true, codes: [{ system: icd10cm, codes: [M21.371] }] }]',
    },
  ],
  [
    'the lowest value without bounds',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /add value/,
    { first: 'any: [{ measure: [ahi], take: lowest }]' },
  ],
  [
    'a rule about an unknown criterion',
    'unknown_criterion',
    'pathways',
    /no criterion c; allowed: a, b/,
    { always: '{ all: [{ criterion: a }, { criterion: c }] }' },
  ],
  [
    'an unused criterion',
    'unused_criterion',
    'criteria.a',
    /no rule uses it/,
    { always: '{ criterion: b }' },
  ],
  [
    'a pathway that can never be met',
    'unreachable_pathway',
    'pathways.way',
    /nothing can satisfy it/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { all: [{ criterion: b }, { unless: { criterion: b } }] } }]',
    },
  ],
  [
    'a redundant pathway',
    'needless_pathway',
    'pathways.same',
    /another pathway is met/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { criterion: b } }, { pathwayId: same, label: The same, rule: { all: [{ criterion: a }, { criterion: b }] } }]',
    },
  ],
  [
    'a count over more than the window of the query',
    'count_without_window',
    'countOf b',
    /its own "within"/,
    {
      ways: `[{ pathwayId: way, label: The way, rule: { countOf: b, atMost: { value: 4, source: paper }, ${months(12)} } }]`,
    },
  ],
  [
    'a count without a bound',
    'unsatisfiable_criterion',
    'countOf b',
    /without a bound/,
    {
      second: `any: [{ therapy: [physical-therapy], ${months(12)} }]`,
      ways: `[{ pathwayId: way, label: The way, rule: { countOf: b, ${months(12)} } }]`,
    },
  ],
  [
    'a count with atLeast above atMost',
    'unsatisfiable_criterion',
    'countOf b',
    /greater than atMost/,
    {
      second: `any: [{ therapy: [physical-therapy], ${months(12)} }]`,
      ways: `[{ pathwayId: way, label: The way, rule: { countOf: b, atLeast: { value: 5, source: paper }, atMost: { value: 4, source: paper }, ${months(12)} } }]`,
    },
  ],
]

describe('the linter', () => {
  it.each(refusals)('refuses %s (%s at %s)', (_, rule, path, message, sketch) => {
    expect(lint(aPolicy(sketch))).toContainEqual({
      rule,
      path,
      message: expect.stringMatching(message),
    })
  })

  it.each<readonly [string, Sketch]>([
    [
      'an alternative by its own name',
      { first: 'any: [{ name: x, finding: [foot-drop, fever] }], deniedBy: [[x]]' },
    ],
    [
      'an alternative by one of its concepts',
      { first: 'any: [{ finding: [foot-drop, fever] }], deniedBy: [[fever]]' },
    ],
    [
      'silence over a time that is read',
      { first: `silence: not_met, any: [{ study: [mri], ${months(6)} }]` },
    ],
    ['silence about the present', { first: 'silence: not_met, any: [{ finding: [foot-drop] }]' }],
    [
      'silence about the order and the patient',
      { first: 'silence: not_met, any: [{ patient: gender, is: [female] }]' },
    ],
    [
      'a count in the window of its query',
      {
        second: `any: [{ therapy: [physical-therapy], ${months(12)} }]`,
        ways: `[{ pathwayId: way, label: The way, rule: { countOf: b, atMost: { value: 4, source: paper }, ${months(12)} } }]`,
      },
    ],
  ])('accepts %s', (_, sketch) => {
    expect(lint(aPolicy(sketch))).toEqual([])
  })

  it('refuses a policy that contains itself', () => {
    const policy = aPolicy() as { criteria: unknown[] }
    policy.criteria.push(policy)

    expect(lint(policy)).toEqual([
      { rule: 'cycle', path: 'criteria.2', message: expect.stringMatching(/contains itself/) },
    ])
  })

  it('refuses rules that are nested too deeply', () => {
    const deep = `${'{ all: [ { criterion: a }, '.repeat(40)}{ criterion: b }${'] }'.repeat(40)}`

    expect(lint(aPolicy({ always: deep }))).toEqual([
      { rule: 'too_deep', path: expect.any(String), message: expect.stringMatching(/deeper than/) },
    ])
  })
})

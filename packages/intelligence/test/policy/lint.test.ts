import { describe, expect, it } from 'vitest'
import { parseYaml as parse } from '../../src/yaml/parse-yaml.ts'
import { lintPolicy } from '../../src/policy/lint/lint-policy.ts'
import { policies } from '../../src/policy/registry.ts'

/** The day the policies were last gone through. A newer code set is a reason to move it, and to see what it refuses. */
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

/** A policy that nothing is wrong with, but for what the sketch says. */
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
    'a key that is not known',
    'schema',
    'the file',
    /unknown key "colour"; allowed: policyId, title/,
    { head: 'colour: red' },
  ],
  [
    'a key of a criterion that is not known',
    'schema',
    'criteria.a',
    /unknown key "hint"; allowed: criterionId, question/,
    { first: `any: [${query}], hint: no` },
  ],
  [
    'a key of a query that is not known',
    'schema',
    'criteria.a.any.0',
    /unknown key "colour"; allowed: finding, name, sites/,
    { first: 'any: [{ finding: [foot-drop], colour: red }]' },
  ],
  [
    'wording under a key of the old language',
    'wording',
    'criteria.a.notes',
    /holds no wording/,
    { first: `any: [${query}], notes: [{ terms: [foot drop] }]` },
  ],
  [
    'terms in a query',
    'wording',
    'criteria.a.any.0.terms',
    /holds no wording/,
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
    /is no query; allowed: one of finding, therapy/,
    { first: 'any: [{ symptom: [foot-drop] }]' },
  ],
  [
    'a query that is a word',
    'schema',
    'criteria.a.any.0',
    /is no query/,
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
    /is no rule; allowed: criterion,/,
    { always: '{ either: [] }' },
  ],
  [
    'a fault deep in a rule',
    'schema',
    'pathways.0.rule.any.1.unless',
    /is no rule/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { any: [{ criterion: b }, { unless: { not: b } }] } }]',
    },
  ],
  [
    'a source that is not there',
    'unknown_source',
    'criteria.b.any.0.atLeast.source',
    /"rumour", which the policy lacks; allowed: paper/,
    {
      second:
        'any: [{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks, source: rumour } }]',
    },
  ],
  [
    'a source that nothing names',
    'unused_source',
    'sources.idle',
    /named by nothing/,
    {
      source:
        "verified: { on: '2026-01-01', by: x } }\n  idle: { document: A, section: b, date: '2025', basis: our_default",
    },
  ],
  [
    'a published source that nobody has read',
    'unverified_source',
    'sources.paper',
    /nobody has read it/,
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
    /"dropped-foot" is no concept of the lexicon; the nearest are foot-drop/,
    { first: 'any: [{ finding: [dropped-foot] }]' },
  ],
  [
    'a site that the lexicon lacks',
    'unknown_concept',
    'criteria.a.any.0.sites',
    /"toe" is no concept of the lexicon$/,
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
    'a denial of what is no alternative',
    'unknown_alternative',
    'criteria.a.deniedBy.0',
    /"fever" is no alternative; allowed: foot-drop/,
    { first: `any: [${query}], deniedBy: [[fever]]` },
  ],
  [
    'two alternatives of one name',
    'named_twice',
    'criteria.a.any',
    /two alternatives go by the name x/,
    { first: 'any: [{ name: x, finding: [foot-drop] }, { name: x, finding: [fever] }]' },
  ],
  [
    'a course longer than its window',
    'impossible_window',
    'criteria.b.any.0',
    /atLeast is longer than within: 6 weeks cannot lie in 1 months/,
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
    'more kinds than are named',
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
    /leave out within/,
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
    /"furlong" is no UCUM unit/,
    {
      first:
        'any: [{ measure: [ahi], value: { above: { value: 9, unit: furlong, source: paper } } }]',
    },
  ],
  [
    'a dose in no unit',
    'bad_bounds',
    'criteria.b.any.0.dose',
    /"spoon" is no UCUM unit/,
    {
      second:
        'any: [{ therapy: [physical-therapy], dose: { atLeast: { value: 1, unit: spoon, source: paper } } }]',
    },
  ],
  [
    'silence over a longer time than is read',
    'look_back',
    'criteria.a.any.0',
    /within 12 months, and DocumentReference is read 6 months back only; raise the look-back/,
    { first: `silence: not_met, any: [{ study: [mri], ${months(12)} }]` },
  ],
  [
    'silence over all time',
    'look_back',
    'criteria.a.any.0',
    /without a window, and Procedure is read 24 months back only; give "within"/,
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
    'a header where a billable code belongs',
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
    'a hierarchy where there is none',
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
    'what is no RxNorm identifier',
    'bad_code',
    'criteria.a.any.0.codes',
    /no RxNorm identifier/,
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
    'an order for what is no code',
    'bad_code',
    'criteria.a.any.0.order',
    /721/,
    { first: "any: [{ order: [{ system: cpt, codes: ['721'] }] }]" },
  ],
  [
    'a part that must be said, and no part',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /give sites/,
    { first: 'any: [{ finding: [foot-drop], isPlaced: true }]' },
  ],
  [
    'a course asked and passed over',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /in course and in notCourse/,
    { first: 'any: [{ finding: [foot-drop], course: [new], notCourse: [new] }]' },
  ],
  [
    'codes where only notes are asked',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /leave out notesOnly/,
    {
      first:
        'any: [{ finding: [foot-drop], notesOnly: true, codes: [{ system: icd10cm, codes: [M21.371] }] }]',
    },
  ],
  [
    'the lowest value, compared with nothing',
    'unsatisfiable_query',
    'criteria.a.any.0',
    /give value/,
    { first: 'any: [{ measure: [ahi], take: lowest }]' },
  ],
  [
    'a rule about what is not asked',
    'unknown_criterion',
    'pathways',
    /no criterion c; allowed: a, b/,
    { always: '{ all: [{ criterion: a }, { criterion: c }] }' },
  ],
  [
    'a criterion that no rule asks',
    'unused_criterion',
    'criteria.a',
    /no rule asks it/,
    { always: '{ criterion: b }' },
  ],
  [
    'a pathway that cannot be walked',
    'unreachable_pathway',
    'pathways.way',
    /nothing can satisfy it/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { all: [{ criterion: b }, { unless: { criterion: b } }] } }]',
    },
  ],
  [
    'a pathway that is no way of its own',
    'needless_pathway',
    'pathways.same',
    /walks another one too/,
    {
      ways: '[{ pathwayId: way, label: The way, rule: { criterion: b } }, { pathwayId: same, label: The same, rule: { all: [{ criterion: a }, { criterion: b }] } }]',
    },
  ],
  [
    'a count over more than the query looks at',
    'count_without_window',
    'countOf b',
    /"within" of its own/,
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
    'a count that wants more than it allows',
    'unsatisfiable_criterion',
    'countOf b',
    /more than it allows/,
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
  ])('lets %s pass', (_, sketch) => {
    expect(lint(aPolicy(sketch))).toEqual([])
  })

  it('refuses a policy that holds itself', () => {
    const policy = aPolicy() as { criteria: unknown[] }
    policy.criteria.push(policy)

    expect(lint(policy)).toEqual([
      { rule: 'cycle', path: 'criteria.2', message: expect.stringMatching(/holds itself/) },
    ])
  })

  it('refuses rules that are nested deeper than anybody writes', () => {
    const deep = `${'{ all: [ { criterion: a }, '.repeat(40)}{ criterion: b }${'] }'.repeat(40)}`

    expect(lint(aPolicy({ always: deep }))).toEqual([
      { rule: 'too_deep', path: expect.any(String), message: expect.stringMatching(/deeper than/) },
    ])
  })
})

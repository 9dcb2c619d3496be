import { describe, expect, it } from 'vitest'
import { polarityOf, isFalseStatement } from '../../src/answers/polarity.ts'
import { parsePolicy } from '../../src/policy/load-policies.ts'
import { type Answered, answerCriterion } from '../../src/answers/answer-criterion.ts'
import { aChart, ago, coded, copied, type FactChart, finding, says, study } from './a-chart.ts'

/** The eight rules of the assessment that prevent false answers, each with a small policy and hand-made facts. */

const policy = parsePolicy(
  `
policyId: small
title: A small policy
version: '1'
effectiveFrom: '2020-01-01'
procedureCodes: ['72148']
sources:
  paper: { document: A paper, section: '1', date: '2025', basis: our_default }
criteria:
  - criterionId: recent_mri
    question: Was there an MRI in the last year?
    missing: the date of the last MRI
    effort: document
    sources: [paper]
    silence: not_met
    any:
      - study: [mri]
        sites: [lumbar-spine]
        within: { value: 12, unit: months, source: paper }
  - criterionId: infection
    question: Is there fever, drug use or weak immunity?
    missing: whether there is fever, drug use or weak immunity
    effort: document
    sources: [paper]
    any:
      - finding: [fever]
      - finding: [intravenous-drug-use]
      - finding: [immune-suppression]
  - criterionId: infection_by_sets
    question: Is an infection suspected?
    missing: whether an infection is suspected
    effort: document
    sources: [paper]
    any:
      - finding: [fever, chills]
      - finding: [spinal-infection]
    deniedBy: [[fever, chills], [spinal-infection]]
  - criterionId: osteoporosis
    question: Is there osteoporosis?
    missing: whether there is osteoporosis
    effort: document
    sources: [paper]
    any:
      - finding: [osteoporosis]
  - criterionId: cauda_equina
    question: Are there signs of cauda equina syndrome?
    missing: whether there are signs of cauda equina syndrome
    effort: examine
    sources: [paper]
    isEmergency: true
    any:
      - finding: [saddle-anesthesia]
      - finding: [urinary-retention]
    deniedBy: [[saddle-anesthesia]]
always:
  unless: { criterion: recent_mri }
pathways:
  - pathwayId: red_flag
    label: A red flag
    rule:
      any:
        - criterion: infection
        - criterion: infection_by_sets
        - criterion: osteoporosis
        - criterion: cauda_equina
`,
  'small.yaml',
)

function answer(criterionId: string, chart: FactChart): Answered {
  const asked = policy.criteria.find((one) => one.criterionId === criterionId)
  if (asked === undefined) throw new RangeError(criterionId)
  const { store, context } = aChart(chart)
  return answerCriterion(asked, store, context)
}
const valueOf = (criterionId: string, chart: FactChart) => answer(criterionId, chart).value
const readForAYear = { Procedure: 370, DocumentReference: 370 }
const day = (daysAgo: number) => ({ day: ago(daysAgo) })

describe('rule 1: silence alone never answers', () => {
  it.each<readonly [string, FactChart, string]>([
    ['a silent chart that was read completely is a no', { visit: [] }, 'not_met'],
    ['read back over the window', { visit: [], readBack: readForAYear }, 'not_met'],
    [
      'the procedures were not read back far enough',
      { visit: [], readBack: { ...readForAYear, Procedure: 180 } },
      'unclear',
    ],
    [
      'the notes were not read back far enough',
      { visit: [], readBack: { ...readForAYear, DocumentReference: 180 } },
      'unclear',
    ],
    ['the procedures could not be read', { visit: [], incomplete: ['Procedure'] }, 'unclear'],
    ['the notes could not be read', { visit: [], incomplete: ['DocumentReference'] }, 'unclear'],
    ['an older note is a scan', { visit: [], unread: ['older'] }, 'unclear'],
    [
      'a note mentions one that cannot be placed',
      { visit: [study('mri', { status: 'unsettled' })] },
      'unclear',
    ],
    [
      'a note mentions one of another person',
      { visit: [study('mri', { subject: 'other' })] },
      'unclear',
    ],
    ['a note suspects one', { visit: [study('mri', { status: 'possible' })] }, 'unclear'],
    [
      'a note mentions imaging, which may have been one',
      { visit: [study('imaging', { phase: 'done' })] },
      'unclear',
    ],
    [
      'a coded one has no day',
      { visit: [], coded: [coded(study('mri', { phase: 'done' }), 'procedures', 'cpt 72148')] },
      'unclear',
    ],
    [
      'an older note mentions one',
      { visit: [], older: [{ daysAgo: 40, facts: [study('mri', { status: 'unsettled' })] }] },
      'unclear',
    ],
    [
      'the one ordered today does not count',
      { visit: [study('mri', { phase: 'planned' })] },
      'not_met',
    ],
    [
      'one of another part of the body does not count',
      { visit: [study('mri', { phase: 'done', sites: ['head'], ...day(40) })] },
      'not_met',
    ],
    [
      'an old one does not count for the last year',
      { visit: [study('mri', { phase: 'done', ...day(800) })] },
      'not_met',
    ],
    ['one of last month counts', { visit: [study('mri', { phase: 'done', ...day(30) })] }, 'met'],
  ])('%s', (_, chart, expected) => {
    expect(valueOf('recent_mri', chart)).toBe(expected)
  })

  it('a criterion that does not treat silence as no stays unclear', () => {
    const { answer: given } = answer('osteoporosis', { visit: [] })

    expect(given).toMatchObject({ answer: 'unclear', grounds: 'silent', evidence: [] })
  })
})

const no = (conceptId: string) => finding(conceptId, { status: 'denied' })

describe('rule 2: alternatives are denied together or not at all', () => {
  it.each<readonly [string, string, FactChart, string]>([
    ['one of three denied', 'infection', { visit: [no('fever')] }, 'unclear'],
    [
      'two of three denied',
      'infection',
      { visit: [no('fever'), no('intravenous-drug-use')] },
      'unclear',
    ],
    [
      'all denied',
      'infection',
      { visit: [no('fever'), no('intravenous-drug-use'), no('immune-suppression')] },
      'not_met',
    ],
    [
      'one denied, another present',
      'infection',
      { visit: [no('fever'), finding('immune-suppression')] },
      'met',
    ],
    ['half a set denied', 'infection_by_sets', { visit: [no('fever')] }, 'unclear'],
    ['a whole set denied', 'infection_by_sets', { visit: [no('fever'), no('chills')] }, 'not_met'],
    ['the set of one denied', 'infection_by_sets', { visit: [no('spinal-infection')] }, 'not_met'],
    [
      'a set denied, another alternative supposed',
      'infection_by_sets',
      { visit: [no('spinal-infection'), finding('fever', { status: 'possible' })] },
      'unclear',
    ],
  ])('%s', (_, criterionId, chart, expected) => {
    expect(valueOf(criterionId, chart)).toBe(expected)
  })
})

const listed = coded(finding('osteoporosis'), 'conditions', 'icd10cm M81.0')

describe('rule 3: a hedged note beside a code for the same thing is a contradiction', () => {
  it.each<readonly [string, FactChart, string, string]>([
    ['the code alone', { visit: [], coded: [listed] }, 'met', 'evidence'],
    [
      'the code beside "possible"',
      { visit: [finding('osteoporosis', { status: 'possible' })], coded: [listed] },
      'unclear',
      'contradiction',
    ],
    [
      'the code beside a denial',
      { visit: [no('osteoporosis')], coded: [listed] },
      'unclear',
      'contradiction',
    ],
    [
      'the code beside a plain statement',
      { visit: [finding('osteoporosis')], coded: [listed] },
      'met',
      'evidence',
    ],
    [
      'the code beside a doubt about something else',
      { visit: [finding('fever', { status: 'possible' })], coded: [listed] },
      'met',
      'evidence',
    ],
  ])('%s', (_, chart, expected, grounds) => {
    expect(answer('osteoporosis', chart).answer).toMatchObject({ answer: expected, grounds })
  })
})

describe('rule 4: withdrawn and copied text asserts nothing', () => {
  it.each<readonly [string, FactChart, string]>([
    [
      'withdrawn in the same note',
      { visit: [finding('osteoporosis', { status: 'unsettled' })] },
      'unclear',
    ],
    ['copied from an older note', { visit: [copied(finding('osteoporosis'))] }, 'unclear'],
    [
      'copied, and corrected in the note',
      { visit: [copied(finding('osteoporosis')), no('osteoporosis')] },
      'not_met',
    ],
    ['a copied denial', { visit: [copied(no('osteoporosis'))] }, 'unclear'],
    [
      'only in an older note',
      { visit: [], older: [{ daysAgo: 90, facts: [finding('osteoporosis')] }] },
      'unclear',
    ],
  ])('%s', (_, chart, expected) => {
    expect(valueOf('osteoporosis', chart)).toBe(expected)
  })
})

describe('rule 5: text set aside makes its note unread', () => {
  it.each<readonly [string, FactChart, string, string]>([
    [
      'a denial in a partly read note',
      { visit: [no('osteoporosis')], unread: ['cut'] },
      'unclear',
      'unread',
    ],
    [
      'a denial in a note whose attachment was not read',
      { visit: [no('osteoporosis')], unread: ['visit'] },
      'not_met',
      'evidence',
    ],
    ['silence in a partly read note', { visit: [], unread: ['visit'] }, 'unclear', 'unread'],
    [
      'a statement in a partly read note',
      { visit: [finding('osteoporosis')], unread: ['visit'] },
      'met',
      'evidence',
    ],
    [
      'a denial today, and an older note that was not read',
      { visit: [no('osteoporosis')], unread: ['older'] },
      'not_met',
      'evidence',
    ],
  ])('%s', (_, chart, expected, grounds) => {
    expect(answer('osteoporosis', chart).answer).toMatchObject({ answer: expected, grounds })
  })
})

describe('rule 6: false answers are counted by their effect on the payer', () => {
  const polarity = polarityOf(policy)
  const of = (id: string) => polarity.get(id) ?? { isMetFavorable: false, isNotMetFavorable: false }

  it('a yes helps the request in a pathway, a no helps it under unless', () => {
    expect(of('osteoporosis')).toEqual({ isMetFavorable: true, isNotMetFavorable: false })
    expect(of('recent_mri')).toEqual({ isMetFavorable: false, isNotMetFavorable: true })
  })

  it.each([
    ['osteoporosis', 'met', 'not_met', true],
    ['osteoporosis', 'met', 'unclear', true],
    ['osteoporosis', 'not_met', 'met', false],
    ['osteoporosis', 'unclear', 'met', false],
    ['osteoporosis', 'met', 'met', false],
    ['recent_mri', 'not_met', 'met', true],
    ['recent_mri', 'not_met', 'unclear', true],
    ['recent_mri', 'met', 'not_met', false],
    ['recent_mri', 'unclear', 'met', false],
  ] as const)('%s answered %s where %s is true: %s', (id, answered, truth, isFalse) => {
    expect(isFalseStatement(of(id), answered, truth)).toBe(isFalse)
  })
})

describe('rule 7: a stated emergency is never a no', () => {
  it.each<readonly [string, FactChart, string]>([
    ['only denied', { visit: [no('saddle-anesthesia')] }, 'not_met'],
    ['stated', { visit: [finding('saddle-anesthesia')] }, 'met'],
    [
      'stated and denied',
      { visit: [finding('saddle-anesthesia'), no('saddle-anesthesia')] },
      'unclear',
    ],
    [
      'another sign supposed beside the denial',
      { visit: [no('saddle-anesthesia'), finding('urinary-retention', { status: 'possible' })] },
      'unclear',
    ],
    [
      'another sign stated beside the denial',
      { visit: [no('saddle-anesthesia'), finding('urinary-retention')] },
      'met',
    ],
    [
      'return precautions are not a statement',
      {
        visit: [no('saddle-anesthesia'), finding('urinary-retention', { status: 'hypothetical' })],
      },
      'not_met',
    ],
    [
      'a relative had it',
      { visit: [no('saddle-anesthesia'), finding('urinary-retention', { subject: 'other' })] },
      'not_met',
    ],
  ])('%s', (_, chart, expected) => {
    expect(valueOf('cauda_equina', chart)).toBe(expected)
  })

  it('is marked, so that it is shown first', () => {
    expect(
      answer('cauda_equina', { visit: [finding('saddle-anesthesia')] }).isEmergencyStated,
    ).toBe(true)
    expect(answer('cauda_equina', { visit: [no('saddle-anesthesia')] }).isEmergencyStated).toBe(
      false,
    )
  })
})

describe('rule 8: every fact can be checked again', () => {
  it('quotes the sentence character for character, at its offsets', () => {
    const chart = { visit: [says('Known osteoporosis of the spine.', finding('osteoporosis'))] }
    const { context } = aChart(chart)
    const [evidence] = answer('osteoporosis', chart).answer.evidence
    const note = context.bundle.documents[0]?.content

    expect(evidence?.quote?.text).toBe('Known osteoporosis of the spine.')
    expect(
      note?.kind === 'text' && note.text.slice(evidence?.quote?.start, evidence?.quote?.end),
    ).toBe(evidence?.quote?.text)
  })

  it.each([
    [
      'a quote beyond the end of the note',
      { quote: { start: 5, end: 5000 }, spans: [{ start: 5, end: 9 }] },
    ],
    ['an empty quote', { quote: { start: 5, end: 5 }, spans: [{ start: 5, end: 5 }] }],
    ['words outside of the quote', { quote: { start: 0, end: 9 }, spans: [{ start: 3, end: 12 }] }],
    ['a fact without spans', { quote: { start: 0, end: 9 }, spans: [] }],
    [
      'a version that is not in the chart',
      { source: { resourceType: 'DocumentReference', resourceId: 'note-1', versionId: '7' } },
    ],
  ])('%s proves nothing', (_, broken) => {
    const { store, context } = aChart({ visit: [finding('osteoporosis')] })
    const asked = policy.criteria.find((one) => one.criterionId === 'osteoporosis')
    const facts = store.factsOf(['osteoporosis']).map((fact) => ({
      ...fact,
      from: { ...fact.from, ...broken },
    })) as ReturnType<typeof store.factsOf>

    const given = answerCriterion(asked as never, { ...store, factsOf: () => facts }, context)

    expect(given.value).toBe('unclear')
  })

  it('shows mentions that settle nothing as neither for nor against', () => {
    const { answer: given } = answer('osteoporosis', {
      visit: [
        says(
          'Screen for osteoporosis if she falls.',
          finding('osteoporosis', { status: 'hypothetical' }),
        ),
      ],
    })

    expect(given).toMatchObject({
      answer: 'unclear',
      grounds: 'mentioned',
      evidence: [{ stance: 'mentions', quote: { text: 'Screen for osteoporosis if she falls.' } }],
    })
  })

  it('shows the best sentence first, then codes, without duplicates', () => {
    const { answer: given } = answer('osteoporosis', {
      visit: [
        finding('osteoporosis'),
        says('Severe osteoporosis.', finding('osteoporosis', { severity: 'severe' })),
      ],
      coded: [listed],
    })

    expect(given.evidence.map((one) => one.quote?.text ?? one.summary)).toEqual([
      'Severe osteoporosis.',
      'osteoporosis affirmed here.',
      'osteoporosis',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { AssessedAnalysis } from './analysis.ts'
import type { AnswerValue } from './answer-value.ts'
import {
  type AnswerChange,
  doesChangeApply,
  draftStateOf,
  resultWithChanges,
  unsettledQuestions,
  withAnswerChanges,
} from './answer-changes.ts'
import type { Evidence } from './evidence.ts'

const evidenceOf = (summary: string): Evidence => ({
  source: { resourceType: 'DocumentReference', resourceId: 'note' },
  path: 'DocumentReference.content.attachment',
  summary,
  stance: 'supports',
})

const anAnswer = (criterionId: string, answer: AnswerValue) => ({
  criterionId,
  question: `${criterionId}?`,
  answer,
  reason: 'the chart says so',
  evidence: [evidenceOf('of the chart')],
  grounds: 'evidence' as const,
  confidence: 0.6,
})

const anAnalysis = (
  answers: Readonly<Record<string, AnswerValue>>,
  verdict: AnswerValue = 'unclear',
): AssessedAnalysis => ({
  outcome: 'assessed',
  order: { serviceRequestId: 'order-1', orderType: 'ServiceRequest' },
  policy: { policyId: 'p', title: 'P', version: '1', citations: [] },
  verdict,
  answers: Object.entries(answers).map(([id, answer]) => anAnswer(id, answer)),
  pathways: [],
  recommendation: 'needs_info',
  confidence: 0.5,
  confidenceReason: '',
  missing: [],
  requirement: 'unknown',
  notices: [],
})

const aChange = (more: Partial<AnswerChange> = {}): AnswerChange => ({
  criterionId: 'a',
  chartAnswer: 'unclear',
  answer: 'met',
  reason: 'the patient confirms it',
  changedBy: 'J. Ruiz',
  changedAt: '2026-11-29T12:00:00Z',
  ...more,
})

const notAssessed = {
  outcome: 'no_policy',
  order: { serviceRequestId: 'order-1', orderType: 'ServiceRequest' },
  recommendation: 'no_policy',
  reason: '',
} as const

describe('a changed answer', () => {
  it('is the person’s, with their reason and their passage first', () => {
    const analysis = anAnalysis({ a: 'unclear', b: 'not_met' })
    const passage = evidenceOf('selected')

    const counted = withAnswerChanges(analysis, [aChange({ evidence: passage })])

    expect(counted).toEqual({
      ...analysis,
      answers: [
        {
          ...anAnswer('a', 'met'),
          reason: 'changed by J. Ruiz: the patient confirms it',
          evidence: [passage, evidenceOf('of the chart')],
          confidence: 1,
        },
        anAnswer('b', 'not_met'),
      ],
    })
  })

  it('rests on nothing when the person does not know either', () => {
    const counted = withAnswerChanges(anAnalysis({ a: 'met' }), [
      aChange({ chartAnswer: 'met', answer: 'unclear' }),
    ])

    expect(counted).toMatchObject({
      answers: [{ answer: 'unclear', grounds: 'silent', confidence: 0 }],
    })
  })

  it('applies only while the chart gives the answer that it replaced', () => {
    const analysis = anAnalysis({ a: 'not_met' })

    expect(doesChangeApply(analysis, aChange())).toBe(false)
    expect(doesChangeApply(analysis, aChange({ chartAnswer: 'not_met' }))).toBe(true)
    expect(doesChangeApply(analysis, aChange({ criterionId: 'b' }))).toBe(false)
    expect(withAnswerChanges(analysis, [aChange()])).toEqual(analysis)
  })

  it('is of an assessed order', () => {
    expect(doesChangeApply(notAssessed, aChange())).toBe(false)
    expect(withAnswerChanges(notAssessed, [aChange()])).toBe(notAssessed)
    expect(unsettledQuestions(notAssessed, [aChange()])).toEqual([])
  })
})

describe('the questions for which an approval needs a reason', () => {
  const idsOf = (analysis: AssessedAnalysis, changes: readonly AnswerChange[] = []) =>
    unsettledQuestions(analysis, changes).map(({ criterionId }) => criterionId)

  it.each([
    { what: 'open and not met', verdict: 'not_met', expected: ['open', 'no'] },
    { what: 'open, of a request that is met otherwise', verdict: 'met', expected: ['open'] },
  ] as const)('are $what', ({ verdict, expected }) => {
    expect(idsOf(anAnalysis({ yes: 'met', open: 'unclear', no: 'not_met' }, verdict))).toEqual(
      expected,
    )
  })

  it('are fewer after a person answered yes, and more after a person answered no', () => {
    const analysis = anAnalysis({ a: 'unclear', b: 'met' }, 'met')

    expect(idsOf(analysis, [aChange()])).toEqual([])
    expect(
      idsOf(analysis, [
        aChange(),
        aChange({ criterionId: 'b', chartAnswer: 'met', answer: 'not_met' }),
      ]),
    ).toEqual(['b'])
  })
})

describe('what the answers come to', () => {
  const withLogic = (answer: AnswerValue, verdict = answer): AssessedAnalysis => ({
    ...anAnalysis({ a: answer, other: 'not_met' }, verdict),
    logic: {
      nodes: [{ criterionId: 'a', value: answer, ifMet: 'met', ifNotMet: 'not_met' }],
      always: 0,
      pathways: [{ pathwayId: 'p', node: 0 }],
    },
  })

  it('is worked out again with a person’s answer, and the state of the draft follows', () => {
    const analysis = withLogic('unclear')

    expect(resultWithChanges(analysis, [aChange()])).toEqual({
      verdict: 'met',
      pathways: [{ pathwayId: 'p', result: 'met' }],
    })
    expect(draftStateOf(analysis, [aChange()])).toBe('ready_for_review')
    expect(draftStateOf(analysis, [aChange({ answer: 'not_met' })])).toBe('requirements_not_met')
    expect(draftStateOf(analysis, [])).toBe('missing_data')
    expect(unsettledQuestions(analysis, [aChange()])).toEqual([])
    expect(unsettledQuestions(analysis, []).map(({ criterionId }) => criterionId)).toEqual([
      'a',
      'other',
    ])
  })

  it.each([
    { what: 'without a change', analysis: withLogic('unclear'), changes: [] },
    {
      what: 'with a change that no longer applies',
      analysis: withLogic('met'),
      changes: [aChange()],
    },
    { what: 'without a logic', analysis: anAnalysis({ a: 'unclear' }), changes: [aChange()] },
    {
      what: 'with a logic that gives another verdict than the service',
      analysis: withLogic('unclear', 'not_met'),
      changes: [aChange()],
    },
    { what: 'of what was not assessed', analysis: notAssessed, changes: [aChange()] },
  ])('is the rules’ own $what', ({ analysis, changes }) => {
    expect(resultWithChanges(analysis, changes)).toBeUndefined()
    expect(draftStateOf(analysis, changes)).toBe(draftStateOf(analysis, []))
  })
})

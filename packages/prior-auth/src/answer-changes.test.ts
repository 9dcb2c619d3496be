import { describe, expect, it } from 'vitest'
import type { AssessedAnalysis } from './analysis.ts'
import type { AnswerValue } from './answer-value.ts'
import { allOf } from './condition.ts'
import {
  type AnswerChange,
  doesChangeApply,
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
    expect(unsettledQuestions(notAssessed, new Set(['a']))).toEqual([])
  })
})

describe('the verdict and the pathways', () => {
  const asked = (criterionId: string, result: AnswerValue, resultOfYes: AnswerValue = 'met') => ({
    criterionId,
    isWanted: true,
    result,
    resultIf: { met: resultOfYes, not_met: 'not_met' as const },
  })
  const pathway = (pathwayId: string, ...of: ReturnType<typeof asked>[]) => ({
    pathwayId,
    label: pathwayId,
    result: 'unclear' as const,
    criterionIds: of.map(({ criterionId }) => criterionId),
    condition: allOf(...of),
    obstacleIds: ['a'],
    whyNot: ['a? Unknown: the chart says so'],
    cheapest: ['a'],
  })
  const analysis: AssessedAnalysis = {
    ...anAnalysis({ a: 'unclear', b: 'unclear', always: 'met' }),
    always: allOf(asked('always', 'met')),
    pathways: [
      pathway('first', asked('a', 'unclear')),
      pathway('second', asked('a', 'unclear', 'unclear'), asked('b', 'unclear')),
    ],
    missing: ['a'],
  }
  const conclude = (...changes: AnswerChange[]) => {
    const counted = withAnswerChanges(analysis, changes)
    return counted.outcome === 'assessed' ? counted : expect.fail('it was assessed')
  }

  it('follow from a person’s yes', () => {
    expect(conclude(aChange())).toMatchObject({
      verdict: 'met',
      recommendation: 'approve',
      missing: [],
      pathways: [
        { result: 'met', obstacleIds: [], whyNot: [], cheapest: [] },
        // A yes without a day says nothing of what must have been lately.
        {
          result: 'unclear',
          obstacleIds: ['a', 'b'],
          whyNot: [
            'a? Unknown: changed by J. Ruiz: the patient confirms it',
            'b? Unknown: the chart says so',
          ],
        },
      ],
    })
  })

  it('follow from a person’s no, also where every pathway needs the answer', () => {
    const no = { criterionId: 'always', chartAnswer: 'met', answer: 'not_met' } as const

    expect(conclude(aChange(no))).toMatchObject({
      verdict: 'not_met',
      recommendation: 'requirements_not_met',
      pathways: [{ result: 'unclear' }, { result: 'unclear' }],
    })
    expect(conclude(aChange({ answer: 'not_met' })).pathways[0]).toMatchObject({
      result: 'not_met',
      whyNot: ['a? No: changed by J. Ruiz: the patient confirms it'],
    })
  })

  it('stay open when the person does not know', () => {
    const open = aChange({ criterionId: 'always', chartAnswer: 'met', answer: 'unclear' })

    expect(conclude(open)).toMatchObject({ verdict: 'unclear', recommendation: 'needs_info' })
  })

  it('stay as they are where the rule is not known', () => {
    const { always: _, ...unknownRule } = analysis

    expect(withAnswerChanges(unknownRule, [aChange()])).toMatchObject({
      verdict: 'unclear',
      pathways: [
        { result: 'unclear', obstacleIds: [] },
        { result: 'unclear', obstacleIds: [] },
      ],
    })
  })
})

describe('the questions for which an approval needs a reason', () => {
  const idsOf = (analysis: AssessedAnalysis, changes: readonly AnswerChange[] = []) =>
    unsettledQuestions(
      withAnswerChanges(analysis, changes),
      new Set(changes.map(({ criterionId }) => criterionId)),
    ).map(({ criterionId }) => criterionId)

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

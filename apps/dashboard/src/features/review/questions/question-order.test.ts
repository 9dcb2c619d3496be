import type { Answer, AssessedAnalysis, Evidence } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { evidenceOf, firstEvidence, orderQuestions, summarize } from './question-order.ts'

function anAnswer(criterionId: string, change: Partial<Answer> = {}): Answer {
  return {
    criterionId,
    question: `Is it ${criterionId}?`,
    answer: 'met',
    reason: 'the chart says so',
    grounds: 'evidence',
    confidence: 1,
    evidence: [],
    ...change,
  }
}

function anAnalysis(change: Partial<AssessedAnalysis>): AssessedAnalysis {
  return {
    outcome: 'assessed',
    order: { serviceRequestId: '1', orderType: 'ServiceRequest' },
    policy: { policyId: 'p', title: 'Knee', version: '1', citations: [] },
    verdict: 'unclear',
    answers: [],
    pathways: [],
    recommendation: 'needs_info',
    confidence: 0.5,
    confidenceReason: '',
    missing: [],
    requirement: 'unknown',
    notices: [],
    ...change,
  }
}

const aPathway = (obstacleIds: readonly string[]) => ({
  pathwayId: 'one',
  label: 'One way',
  result: 'not_met' as const,
  criterionIds: [],
  obstacleIds,
  whyNot: [],
  cheapest: [],
})

const groupsOf = (analysis: AssessedAnalysis) =>
  orderQuestions(analysis).map(({ answer, group, isBlocking }) =>
    [answer.criterionId, group, isBlocking ? 'blocks' : ''].join(' ').trim(),
  )

describe('the order of the questions', () => {
  it('is open ones, those against the request or contradicted, then the rest', () => {
    const analysis = anAnalysis({
      verdict: 'not_met',
      answers: [
        anAnswer('a'),
        anAnswer('b', { answer: 'not_met' }),
        anAnswer('c', { answer: 'unclear', grounds: 'silent' }),
        anAnswer('d', { answer: 'unclear', grounds: 'contradiction' }),
      ],
      pathways: [aPathway(['b'])],
    })

    expect(groupsOf(analysis)).toEqual(['c open', 'b against blocks', 'd against', 'a answered'])
  })

  it('counts a no as an answer when nothing is kept from being met by it', () => {
    const noFever = anAnswer('fever', { answer: 'not_met' })

    expect(groupsOf(anAnalysis({ verdict: 'met', answers: [noFever] }))).toEqual(['fever answered'])
    // One of two alternatives fails by it, and the other is still open.
    expect(
      groupsOf(
        anAnalysis({
          answers: [noFever],
          pathways: [aPathway(['fever']), aPathway(['pain'])],
        }),
      ),
    ).toEqual(['fever answered'])
  })

  it('says that an answer blocks only if it keeps every alternative from being met', () => {
    const analysis = anAnalysis({
      verdict: 'not_met',
      answers: [anAnswer('a', { answer: 'not_met' }), anAnswer('b', { answer: 'not_met' })],
      pathways: [aPathway(['a', 'b']), aPathway(['b'])],
    })

    expect(groupsOf(analysis)).toEqual(['a against', 'b against blocks'])
  })
})

const evidence = (text: string, change: Partial<Evidence> = {}): Evidence => ({
  source: { resourceType: 'DocumentReference', resourceId: 'note' },
  path: 'DocumentReference.content.attachment',
  summary: 'Note',
  quote: { text, start: 0, end: text.length },
  stance: 'supports',
  ...change,
})

describe('the evidence of an answer', () => {
  it('is each piece once, a quote for the answer first and codes last', () => {
    const { quote: _, ...code } = evidence('', { summary: 'M17.11' })
    const answer = anAnswer('a', {
      evidence: [
        code,
        evidence('against', { stance: 'refutes' }),
        evidence('for'),
        evidence('for '),
        code,
      ],
    })

    expect(evidenceOf(answer).map(({ quote, summary }) => quote?.text ?? summary)).toEqual([
      'for',
      'against',
      'M17.11',
    ])
  })

  it('always shows passages that mention the subject without settling it', () => {
    const all = [evidence('best'), evidence('more'), evidence('planned', { stance: 'mentions' })]

    expect(firstEvidence(all).map(({ quote }) => quote?.text)).toEqual(['best', 'planned'])
  })
})

describe('the summary', () => {
  it('names the way that is met and counts what is open', () => {
    const met = { ...aPathway([]), result: 'met' as const, label: 'Advanced arthritis' }
    const answers = [anAnswer('a'), anAnswer('b', { answer: 'unclear' })]

    expect(summarize(anAnalysis({ verdict: 'met', pathways: [met], answers }))).toEqual({
      verdict: 'Meets Advanced arthritis',
      open: '1 of 2 open',
    })
    expect(summarize(anAnalysis({ verdict: 'not_met', answers: [anAnswer('a')] }))).toEqual({
      verdict: 'Does not meet the criteria',
      open: 'all 1 answered',
    })
    expect(summarize(anAnalysis({})).verdict).toBe('Not settled yet')
  })
})

import { describe, expect, it } from 'vitest'
import { assess } from '../../src/assess.ts'
import type { Fact } from '../../src/facts/fact.ts'
import { parsePolicy } from '../../src/policy/load-policies.ts'
import { aChart, type FactChart, finding, study, therapy } from './a-chart.ts'

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
  - { criterionId: recent, question: 'Was there one lately?', missing: the last one, effort: document, sources: [paper], silence: not_met, any: [{ study: [mri], within: { value: 12, unit: months, source: paper } }] }
  - { criterionId: alarm, question: 'Is there an emergency?', missing: whether it is urgent, effort: examine, sources: [paper], isEmergency: true, any: [{ finding: [saddle-anesthesia] }] }
  - { criterionId: care, question: 'Was it treated?', missing: how long it was treated, effort: treat, sources: [paper], any: [{ therapy: [physical-therapy], atLeast: { value: 6, unit: weeks, source: paper } }] }
always: { unless: { criterion: recent } }
pathways:
  - { pathwayId: alarm, label: An alarm, rule: { criterion: alarm } }
  - { pathwayId: care, label: Care that failed, rule: { criterion: care } }
`,
  'small.yaml',
)

function judge(chart: FactChart, propose: readonly Fact[] = []) {
  const { store, context } = aChart(chart)
  return assess(
    {
      policy,
      need: 'unknown',
      order: { serviceRequestId: 'order-1', orderType: 'ServiceRequest' },
      notices: ['from the caller'],
    },
    store,
    context,
    ({ criterionId }) => (criterionId === 'care' ? propose : []),
  )
}

describe('an assessment', () => {
  it('has the support of the weakest answer of the best pathway, as a level and a number', () => {
    const analysis = judge({ visit: [therapy('physical-therapy', { lastedDays: 56 })] })

    expect(analysis).toMatchObject({
      verdict: 'met',
      recommendation: 'approve',
      confidence: 0.9,
      confidenceReason:
        'strong support (0.90 of 1): based on "Care that failed"; its weakest answer counts',
      missing: [],
    })
  })

  it('explains why it is not met, in terms of the chart', () => {
    const analysis = judge({
      visit: [
        therapy('physical-therapy', { lastedDays: 10 }),
        finding('saddle-anesthesia', { status: 'denied' }),
      ],
    })

    expect(analysis).toMatchObject({ verdict: 'not_met', recommendation: 'requirements_not_met' })
    expect(analysis.pathways[1]?.whyNot).toEqual([
      'Was it treated? No: the longest course of physical therapy: 10 days; required: at least 6 weeks',
    ])
    expect(analysis.confidenceReason).toMatch(/^weak support \(0\.05 of 1\)/)
  })

  it('names every missing fact of the alternatives that are open, those of the cheapest first', () => {
    expect(judge({ visit: [] })).toMatchObject({
      verdict: 'unclear',
      recommendation: 'needs_info',
      missing: ['whether it is urgent', 'how long it was treated'],
    })
  })

  it('reports a recent study as an obstacle', () => {
    const analysis = judge({
      visit: [study('mri', { hasResult: true }), finding('saddle-anesthesia')],
    })

    expect(analysis.verdict).toBe('not_met')
    expect(analysis.pathways[0]?.whyNot[0]).toMatch(/^Was there one lately\? Yes: MRI/)
  })

  it('shows an emergency before anything else', () => {
    const analysis = judge({ visit: [finding('saddle-anesthesia', { status: 'possible' })] })

    expect(analysis.notices).toEqual([
      'the note of this encounter mentions a possible emergency; check it first: Is there an emergency?',
      'from the caller',
    ])
  })

  it('names the note that was not read', () => {
    expect(judge({ visit: [], unread: ['visit'] }).notices.at(-1)).toMatch(
      /was not read completely/,
    )
  })

  it('goes to a person if only a language model makes it a yes', () => {
    const chart = { visit: [therapy('physical-therapy', { phase: 'not_stated' })] }
    const [fact] = aChart(chart).store.factsOf(['physical-therapy'])
    const proposed = { ...fact, lastedDays: 56 } as Fact

    const analysis = judge(chart, [proposed])

    expect(analysis).toMatchObject({
      verdict: 'met',
      recommendation: 'needs_info',
      confidence: 0.75,
    })
    expect(analysis.confidenceReason).toMatch(/^partial support/)
    expect(analysis.notices[0]).toMatch(/passages that a language model found/)
  })
})

import { describe, expect, it } from 'vitest'
import {
  type Analysis,
  analysis,
  americanDate,
  answerValue,
  assessedDecisions,
  canProcessingFollow,
  canReviewFollow,
  correlationIdOf,
  eventData,
  eventTypes,
  fhirId,
  type GatewayEvent,
  isComplete,
  nameContains,
  otherDecisions,
  processingState,
  processingStatesBefore,
  reviewState,
  reviewStateOf,
  reviewStatesBefore,
  supportLevelOf,
  toLogFields,
  withoutChartData,
  toNotification,
} from './index.ts'

const order = { serviceRequestId: 'order-1' }

describe('the log line of an event', () => {
  it('has the outcome and ids other than the encounter and the patient, and no sentence', () => {
    const event: GatewayEvent = {
      id: '0b4d7c58-9a1e-4b0e-8f2a-3d2f1c6b7a10',
      sequence: 7,
      eventType: 'WriteBackFailed',
      timestamp: '2026-11-29T12:00:00Z',
      source: 'WriteBack',
      correlationId: correlationIdOf('60178'),
      practiceId: '195900',
      data: {
        encounterId: '60178',
        workItemId: 'wi-1',
        error: 'the EHR refused the document',
        attemptCount: 3,
        code: 'ehr_refused',
      },
    }

    expect(event.correlationId).toBe('enc-60178')
    expect(toLogFields(event)).toEqual({ workItemId: 'wi-1', attemptCount: 3, code: 'ehr_refused' })
  })
})

describe('an event for operators', () => {
  it('has only ids of the work, counts of the work and errors', () => {
    const shown = eventTypes.flatMap((eventType) => {
      const data = Object.fromEntries(
        Object.keys(eventData[eventType].shape).map((key) => [key, 1]),
      )
      return Object.keys(withoutChartData({ eventType, data } as unknown as GatewayEvent))
    })

    expect(
      [...new Set(shown)].toSorted(),
      'operators see this field of an event: wrap it in chart(…) if it says something of a chart, else list it here',
    ).toEqual([
      'attempt',
      'attemptCount',
      'code',
      'decision',
      'encounterId',
      'error',
      'formCount',
      'incomplete',
      'nextAttemptAt',
      'pages',
      'pdfSizeBytes',
      'sentCount',
      'transactionId',
      'webhookId',
      'workItemCount',
      'workItemId',
      'workerId',
    ])
  })
})

describe('the initial state of a work item', () => {
  it.each([
    {
      analysis: { outcome: 'no_procedure_code', order, recommendation: 'needs_info', reason: '' },
      review: 'missing_data',
    },
    {
      analysis: { outcome: 'no_policy', order, recommendation: 'no_policy', reason: '' },
      review: 'no_policy',
    },
    {
      analysis: {
        outcome: 'not_required',
        order,
        recommendation: 'not_required',
        reason: '',
        citations: [],
      },
      review: 'not_required',
    },
    ...(
      [
        ['met', 'approve', 'ready_for_review'],
        ['unclear', 'needs_info', 'missing_data'],
        ['not_met', 'requirements_not_met', 'requirements_not_met'],
      ] as const
    ).map(([verdict, recommendation, review]) => ({
      analysis: {
        outcome: 'assessed' as const,
        order,
        policy: { policyId: 'p', title: 'p', version: '1', citations: [] },
        verdict,
        answers: [],
        pathways: [],
        recommendation,
        confidence: 0.5,
        confidenceReason: '',
        missing: [],
        requirement: 'unknown' as const,
        notices: [],
      },
      review,
    })),
  ] as { analysis: Analysis; review: string }[])(
    '$analysis.outcome, $analysis.recommendation: $review',
    ({ analysis, review }) => {
      expect(reviewStateOf(analysis)).toBe(review)
    },
  )

  it('comes from one table with a row for every verdict and every outcome', () => {
    expect(Object.keys(assessedDecisions).sort()).toEqual([...answerValue.options].sort())
    expect(['assessed', ...Object.keys(otherDecisions)].sort()).toEqual(
      analysis.options.map((option) => option.shape.outcome.value).sort(),
    )
    expect(assessedDecisions.met.recommendation).toBe('approve')
    expect(assessedDecisions.unclear.recommendation).toBe('needs_info')
  })
})

describe('transition tables', () => {
  it('agree in both directions', () => {
    for (const from of processingState.options) {
      for (const to of processingState.options)
        expect(processingStatesBefore(to).includes(from)).toBe(canProcessingFollow(from, to))
    }
    for (const from of reviewState.options) {
      for (const to of reviewState.options)
        expect(reviewStatesBefore(to).includes(from)).toBe(canReviewFollow(from, to))
    }
  })

  it.each([
    ['submitted', 'ready_for_review'],
    ['submitted', 'approved'],
    ['closed', 'approved'],
    ['no_policy', 'approved'],
  ] as const)('never lead from %s to %s', (from, to) => {
    expect(canReviewFollow(from, to)).toBe(false)
  })
})

describe('the original dashboard’s notifications', () => {
  const envelope = {
    id: 'e',
    sequence: 1,
    practiceId: 'p',
    correlationId: 'enc-v',
    timestamp: '2026-01-01T00:00:00.000Z',
    source: 's',
  }
  const keys = [
    'Type',
    'TransactionId',
    'EncounterId',
    'PatientId',
    'Message',
    'WorkItemId',
    'NewStatus',
    'ServiceRequestId',
    'ProcedureCode',
  ]

  it.each([
    {
      eventType: 'PA_FORM_READY',
      data: { transactionId: 't', encounterId: 'v', patientId: 'x', message: 'm' },
      type: 'PA_FORM_READY',
    },
    {
      eventType: 'WORK_ITEM_STATUS_CHANGED',
      data: {
        transactionId: 't',
        encounterId: 'v',
        patientId: 'x',
        workItemId: 'w',
        newStatus: 'closed',
      },
      type: 'WORK_ITEM_STATUS_CHANGED',
    },
    {
      eventType: 'EncounterProcessingFailed',
      data: { encounterId: 'v', error: 'e', attemptCount: 4 },
      type: 'PROCESSING_ERROR',
    },
  ])('$eventType becomes $type with the original keys', ({ eventType, data, type }) => {
    const notification = toNotification({ ...envelope, eventType, data } as GatewayEvent)

    expect(Object.keys(notification ?? {})).toEqual(keys)
    expect(notification?.Type).toBe(type)
  })

  it('do not include events that the original never sent', () => {
    expect(
      toNotification({
        ...envelope,
        eventType: 'PdfGenerated',
        data: { encounterId: 'v', pdfSizeBytes: 1 },
      }),
    ).toBeUndefined()
  })
})

describe('ids and completeness', () => {
  it.each(['a-195900.E-60178', 'a-1.Practice-195900', '89346327-f84a-4765'])(
    'accepts %s as an id',
    (id) => {
      expect(fhirId.safeParse(id).success).toBe(true)
    },
  )

  it.each(['', 'a b', '../x', 'x'.repeat(129), 'a/b'])('refuses "%s" as an id', (id) => {
    expect(fhirId.safeParse(id).success).toBe(false)
  })

  it('concludes absence only if the resources were read completely', () => {
    const entry = { resourceType: 'Condition', count: 0, strangers: 0, malformed: 0 }

    expect(isComplete([{ ...entry, outcome: 'complete' }], 'Condition')).toBe(true)
    expect(isComplete([{ ...entry, outcome: 'partial' }], 'Condition')).toBe(false)
    expect(isComplete([], 'Condition')).toBe(false)
  })
})

describe('a payer’s name', () => {
  it.each([
    { configured: 'Texas Medicaid', payer: 'TEXAS MEDICAID', named: true },
    { configured: 'Texas Medicaid', payer: 'Texas  Medicaid - STAR', named: true },
    { configured: 'aetna', payer: 'Aetna, Inc.', named: true },
    { configured: 'Salud', payer: 'Sálud', named: true },
    { configured: 'Texas Medicaid', payer: 'Texas Health', named: false },
    { configured: 'Texas Medicaid', payer: 'Medicaid of Texas', named: false },
    { configured: 'Etna', payer: 'Aetna', named: false },
    { configured: 'Medicare Part A and B', payer: 'Medicare Part A & B', named: true },
    { configured: ' - ', payer: 'Aetna', named: false },
  ])('$configured names $payer: $named', ({ configured, payer, named }) => {
    expect(nameContains(configured, payer)).toBe(named)
  })
})

describe('how well a chart supports a request', () => {
  it.each([
    [0.97, 'strong'],
    [0.9, 'strong'],
    [0.75, 'partial'],
    [0.5, 'partial'],
    [0.1, 'weak'],
    [0, 'weak'],
  ] as const)('%d is %s', (value, level) => {
    expect(supportLevelOf(value)).toBe(level)
  })
})

describe('an American date', () => {
  it.each([
    ['2026-06-15', '06/15/2026'],
    ['2026-06-15T09:00:00Z', '06/15/2026'],
    ['2026-06', '06/2026'],
    ['2026', '2026'],
  ])('%s is %s', (date, written) => {
    expect(americanDate(date)).toBe(written)
  })
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { analyze } from '@authscript/intelligence'
import type { Analysis, AssessedAnalysis, ClinicalBundle } from '@authscript/prior-auth'
import { describe, expect, it } from 'vitest'
import { createOriginalAnalyzer } from '../../src/intelligence/original-contract.ts'
import { aChart, aNote, orderId } from './a-chart.ts'

const { signal } = new AbortController()
const note =
  'Pain since March.\nCompleted 8 weeks of\n  physical therapy without relief. Denies any saddle anesthesia at rest.'
const chart = aChart({ notes: [aNote(note)] })

interface Item {
  readonly criterion_id?: string
  readonly criterion_label?: string
  readonly status?: string
  readonly evidence?: string
  readonly source?: string
  readonly confidence?: number
}

const anItem = (item: Item = {}) => ({
  criterion_id: 'conservative_therapy_4wk',
  criterion_label: 'Four weeks of conservative care',
  status: 'MET',
  evidence: 'Completed 8 weeks of physical therapy without relief.',
  source: 'LLM analysis',
  confidence: 0.9,
  ...item,
})

const aForm = (changes: Readonly<Record<string, unknown>> = {}) => ({
  patient_name: 'Annabel Quillfeather',
  patient_dob: '1970-01-31',
  member_id: 'Unknown',
  diagnosis_codes: ['M54.16'],
  procedure_code: '72148',
  clinical_summary: 'An MRI is needed.',
  supporting_evidence: [anItem()],
  recommendation: 'APPROVE',
  confidence_score: 0.92,
  field_mappings: { PatientName: 'Annabel Quillfeather' },
  policy_id: 'lcd-mri-lumbar-L34220',
  lcd_reference: 'L34220',
  something_new: true,
  ...changes,
})

/** Asks a service that answers `answer`; returns what it was sent, and the result. */
async function ask(answer: unknown, bundle: ClinicalBundle = chart, status = 200) {
  const requests: { readonly url: string | undefined; readonly body: Record<string, unknown> }[] =
    []
  const server = createServer((message, response) => {
    let text = ''
    message.on('data', (chunk: Buffer) => (text += chunk.toString()))
    message.on('end', () => {
      requests.push({ url: message.url, body: JSON.parse(text) as Record<string, unknown> })
      response.writeHead(status).end(JSON.stringify(answer))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const analyzer = createOriginalAnalyzer(
    {
      baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      apiKey: undefined,
      timeoutMs: 5000,
      guard: (call) => call(),
    },
    { judge: async (chart, order, options) => analyze(chart, order, options) },
  )
  try {
    return { analysis: await analyzer.analyze(bundle, orderId, signal), requests }
  } finally {
    await analyzer.close()
    server.closeAllConnections()
    server.close()
  }
}

function assessed(analysis: Analysis): AssessedAnalysis {
  if (analysis.outcome !== 'assessed') throw new Error(`outcome ${analysis.outcome}`)
  return analysis
}

describe('what the original’s service is sent', () => {
  it('is patient, procedure and chart in its own format, notes and orders included', async () => {
    const { requests } = await ask(aForm())

    expect(requests).toMatchObject([
      {
        url: '/analyze',
        body: {
          patient_id: 'a-195900.E-60178',
          procedure_code: '72148',
          clinical_data: {
            patient: {
              name: 'Annabel Quillfeather',
              birth_date: '1970-01-31',
              member_id: 'XQZ884411',
            },
            conditions: [
              {
                id: 'condition-1',
                code: 'M54.16',
                system: 'http://hl7.org/fhir/sid/icd-10-cm',
                display: 'Radiculopathy, lumbar region',
                clinical_status: 'active',
              },
            ],
            observations: [
              { code: '72514-3', display: 'Pain severity', value: '7', unit: '{score}' },
            ],
            procedures: [],
            medications: [],
            service_requests: [
              { id: orderId, status: 'active', code: { text: 'MRI lumbar spine' } },
            ],
            documents: [{ id: 'doc-77', type: 'Progress note', content_type: 'text/plain' }],
            document_texts: [note],
          },
        },
      },
    ])
  })

  it('is nothing for an order without a code: none is made up', async () => {
    const { analysis, requests } = await ask(aForm(), aChart({ code: '' }))

    expect(analysis.outcome).toBe('no_procedure_code')
    expect(requests).toEqual([])
  })
})

describe('what happens with its claims', () => {
  it('yes with words of a note is met, by the words as the note has them', async () => {
    const { analysis } = await ask(aForm())

    const { answers, ...rest } = assessed(analysis)
    expect(rest).toMatchObject({
      verdict: 'met',
      recommendation: 'approve',
      confidence: 0.92,
      policy: { policyId: 'lcd-mri-lumbar-L34220', citations: [{ document: 'L34220' }] },
      missing: [],
    })
    const [quote] = answers.flatMap(({ evidence }) => evidence.map((one) => one.quote))
    expect(answers).toMatchObject([{ answer: 'met', question: 'Four weeks of conservative care' }])
    expect(quote?.text).toBe('Completed 8 weeks of\n  physical therapy without relief.')
    expect(note.slice(quote?.start, quote?.end)).toBe(quote?.text)
  })

  it.each([
    {
      what: 'words in quotation marks',
      item: { evidence: 'The note says "Completed 8 weeks of physical therapy", which suffices.' },
    },
    {
      what: 'a resource that its source names',
      item: { evidence: 'diagnosis present', source: 'Condition/condition-1' },
    },
    {
      what: 'a resource named by its id alone',
      item: { evidence: 'diagnosis present', source: 'structured data (condition-1)' },
    },
  ])('yes with $what is met', async ({ item }) => {
    const { analysis } = await ask(aForm({ supporting_evidence: [anItem(item)] }))

    expect(assessed(analysis)).toMatchObject({ verdict: 'met', answers: [{ answer: 'met' }] })
  })

  it.each([
    { what: 'without evidence', item: { evidence: '' } },
    {
      what: 'with the service’s own prose',
      item: { evidence: 'The patient has clearly completed therapy.' },
    },
    { what: 'with two words that occur anywhere', item: { evidence: 'physical therapy' } },
    { what: 'with words cut out of a denial', item: { evidence: 'any saddle anesthesia at rest' } },
    {
      what: 'with a resource that is not there',
      item: { evidence: 'yes it is', source: 'Condition/condition-9' },
    },
    {
      what: 'with a whole note for a pointer',
      item: { evidence: 'yes it is', source: 'DocumentReference/doc-77' },
    },
  ])('yes $what is unclear, and the approval with it', async ({ item }) => {
    const { analysis } = await ask(aForm({ supporting_evidence: [anItem(), anItem(item)] }))

    expect(assessed(analysis)).toMatchObject({
      verdict: 'unclear',
      recommendation: 'needs_info',
      confidence: 0.5,
      answers: [
        { answer: 'met' },
        {
          answer: 'unclear',
          reason: 'the service says yes, without a pointer that can be re-read',
          confidence: 0,
        },
      ],
      notices: [expect.any(String), expect.stringContaining('recommends APPROVE')],
    })
  })

  it('no is no when the chart was read whole', async () => {
    const { analysis } = await ask(
      aForm({ recommendation: 'DENY', supporting_evidence: [anItem({ status: 'NOT_MET' })] }),
    )

    expect(assessed(analysis)).toMatchObject({
      recommendation: 'requirements_not_met',
      answers: [{ answer: 'not_met' }],
    })
  })

  it.each([
    { what: 'a kind of resource', bundle: aChart({ unread: ['Procedure'] }) },
    {
      what: 'a note',
      bundle: aChart({
        notes: [{ ...aNote(''), content: { kind: 'unread', reason: 'a scan' } }],
      }),
    },
  ])('no is unclear when $what could not be read', async ({ bundle }) => {
    const { analysis } = await ask(
      aForm({ recommendation: 'DENY', supporting_evidence: [anItem({ status: 'not met' })] }),
      bundle,
    )

    expect(assessed(analysis)).toMatchObject({
      recommendation: 'needs_info',
      answers: [{ answer: 'unclear' }],
    })
  })

  it.each([
    { recommendation: 'APPROVE', items: [], comesTo: 'needs_info' },
    { recommendation: 'APPROVE', items: [anItem({ status: 'UNCLEAR' })], comesTo: 'needs_info' },
    { recommendation: 'DENY', items: [anItem()], comesTo: 'needs_info' },
    { recommendation: 'MANUAL_REVIEW', items: [anItem()], comesTo: 'needs_info' },
    { recommendation: 'NEED_INFO', items: [anItem()], comesTo: 'needs_info' },
    { recommendation: 'NEEDS_INFO', items: [anItem()], comesTo: 'needs_info' },
    { recommendation: 'needs-info', items: [anItem()], comesTo: 'needs_info' },
    { recommendation: 'NOT_REQUIRED', items: [], comesTo: 'not_required' },
    { recommendation: 'NO_PA_REQUIRED', items: [], comesTo: 'not_required' },
  ])('$recommendation on $items.length claims comes to $comesTo', async (row) => {
    const { analysis } = await ask(
      aForm({ recommendation: row.recommendation, supporting_evidence: row.items }),
    )

    expect(analysis.recommendation).toBe(row.comesTo)
  })
})

describe('what is refused', () => {
  it.each([
    { what: 'an answer for another procedure', answer: aForm({ procedure_code: '27447' }) },
    { what: 'an answer for another patient', answer: aForm({ patient_dob: '1971-01-31' }) },
    { what: 'a recommendation that nobody knows', answer: aForm({ recommendation: 'LGTM' }) },
    { what: 'a score beyond its scale', answer: aForm({ confidence_score: 92 }) },
    {
      what: 'more claims than a policy has questions',
      answer: aForm({ supporting_evidence: Array.from({ length: 201 }, () => anItem()) }),
    },
    { what: 'an answer in our own contract', answer: { outcome: 'no_policy' } },
  ])('$what', async ({ answer }) => {
    await expect(ask(answer)).rejects.toMatchObject({
      code: 'intelligence_refused',
      kind: 'permanent',
    })
  })

  it('no patient’s name or date is in the message', async () => {
    await expect(ask(aForm({ patient_dob: '1971-01-31' }))).rejects.toThrow(
      /^intelligence service answered for another patient$/,
    )
  })

  it('a busy service is asked again by the task, after what it says', async () => {
    await expect(ask({}, chart, 503)).rejects.toMatchObject({
      code: 'intelligence_unavailable',
      kind: 'transient',
    })
  })

  it('a date of birth that the service does not know is no other patient', async () => {
    const { analysis } = await ask(aForm({ patient_dob: 'Unknown' }))

    expect(analysis.recommendation).toBe('approve')
  })
})

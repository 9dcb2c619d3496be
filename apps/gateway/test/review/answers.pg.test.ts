import { analyze } from '@authscript/intelligence'
import { allOf, type Evidence, obstaclesIn, type ReviewView } from '@authscript/prior-auth'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aChart, aNote, orderId, silentNote } from '../intelligence/a-chart.ts'
import { answerOf, type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'

let desk: Desk
// The first order loads the lexicon, and starts the thread of the forms.
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())

const question = 'medication_trial'
const path = `/answers/${question}`
const yes = { answer: 'met', reason: 'the patient confirms it' }
const note = `${silentNote} She took something for it for two months.`
const selected = 'She took something for it for two months.'

const passage = (text: string, start: number): Evidence => ({
  source: { resourceType: 'DocumentReference', resourceId: 'doc-77' },
  path: 'anything',
  summary: 'anything',
  quote: { text, start, end: start + text.length },
  stance: 'mentions',
})

/** What keeps the nearest alternative from being met. */
function fewestObstacles({ analysis }: ReviewView) {
  if (analysis.outcome !== 'assessed') return []
  const { always, pathways } = analysis
  const [fewest = []] = pathways
    .flatMap(({ condition }) =>
      always === undefined || condition === undefined
        ? []
        : [obstaclesIn(allOf(always, condition))],
    )
    .toSorted((one, other) => one.length - other.length)
  return fewest
}

async function formOf(draft: Draft) {
  const bytes = await (await draft.ask('GET', '/form.pdf')).arrayBuffer()
  const form = (await PDFDocument.load(bytes)).getForm()
  return (name: string) => form.getTextField(name).getText() ?? ''
}

describe('an answer that a person changes', () => {
  it('counts, is on the form, and shows who changed it and what the chart says', async () => {
    const draft = await desk.draft(aChart({ notes: [aNote(note)] }))
    const before = await draft.read()
    expect(answerOf(before, question)?.answer).toBe('unclear')

    const evidence = passage(selected, note.indexOf(selected))
    const after = await draft.done('PUT', path, { body: { ...yes, evidence } })

    expect(after.version).toBe(before.version + 1)
    expect(answerOf(after, question)).toMatchObject({
      answer: 'met',
      reason: 'changed by colleague: the patient confirms it',
      evidence: [
        { stance: 'supports', summary: 'selected by colleague', quote: { text: selected } },
      ],
    })
    expect(after.answerChanges).toMatchObject([
      { criterionId: question, chartAnswer: 'unclear', changedBy: 'colleague', applies: true },
    ])
    const field = await formOf(draft)
    expect(field('clinical.narrative')).toContain(selected.slice(0, -1))
    const history = await (await draft.ask('GET', '/history')).json()
    expect((history as { items: object[] }).items.at(-1)).toMatchObject({
      version: after.version,
      actor: 'colleague',
      kind: 'answer_changed',
      data: {
        criterionId: question,
        from: 'unclear',
        to: 'met',
        reason: 'the patient confirms it',
      },
    })
    const { open_question_count: open } = await desk.node.database.db
      .selectFrom('work_items')
      .select('open_question_count')
      .where('work_item_id', '=', draft.workItemId)
      .executeTakeFirstOrThrow()
    const counted = after.analysis.outcome === 'assessed' ? after.analysis.answers : []
    expect(open).toBe(counted.filter(({ answer }) => answer === 'unclear').length)
  })

  it('decides with the others whether the order is ready to sign, until the chart counts again', async () => {
    const draft = await desk.draft()
    const before = await draft.read()
    expect(before).toMatchObject({ review: 'missing_data', stage: 'needs_information' })

    const answered: string[] = []
    for (const { criterionId, isWanted } of fewestObstacles(before)) {
      const answer = isWanted ? 'met' : 'not_met'
      await draft.done('PUT', `/answers/${criterionId}`, { body: { ...yes, answer } })
      answered.push(criterionId)
    }
    const after = await draft.read()

    expect(after).toMatchObject({
      review: 'ready_for_review',
      stage: 'ready_to_sign',
      chartVerdict: 'unclear',
      analysis: { verdict: 'met', recommendation: 'approve' },
    })
    await desk.draft(aChart(), draft.encounterId)
    expect((await draft.read()).stage).toBe('ready_to_sign')
    await draft.done('POST', '/close', { body: { reason: 'sent by phone' } })
    expect((await draft.done('POST', '/reopen')).stage).toBe('ready_to_sign')

    const restored = await draft.done('DELETE', `/answers/${answered.at(-1)}`)
    expect(restored).toMatchObject({
      review: 'missing_data',
      stage: 'needs_information',
      analysis: { verdict: 'unclear' },
    })
  })

  it('is restored to what the chart says', async () => {
    const draft = await desk.draft()
    const before = await draft.read()
    await draft.done('PUT', path, { body: yes })

    const restored = await draft.done('DELETE', path)

    expect(answerOf(restored, question)).toEqual(answerOf(before, question))
    expect(restored.answerChanges).toEqual([])
    expect(await problemOf(await draft.ask('DELETE', path))).toMatchObject({ status: 404 })
  })

  it.each([
    { what: 'is elsewhere in the document', text: selected, shift: 1 },
    { what: 'is not in the document', text: 'She took naproxen.', shift: 0 },
    { what: 'is blank', text: ' ', shift: -1 },
  ])('needs a passage that is in the chart: refused when it $what', async ({ text, shift }) => {
    const draft = await desk.draft(aChart({ notes: [aNote(note)] }))
    const before = await draft.read()

    const evidence = passage(text, note.indexOf(selected) + shift)
    const refusal = await draft.ask('PUT', path, { body: { ...yes, evidence } })

    expect(await problemOf(refusal)).toMatchObject({ status: 409, code: 'evidence_not_in_chart' })
    expect(await draft.read()).toEqual(before)
  })

  it('survives a new run, and stops counting when the chart answers otherwise', async () => {
    const draft = await desk.draft()
    await draft.done('PUT', path, { body: yes })

    await desk.draft(aChart(), draft.encounterId)
    const again = await draft.read()
    const longerNote = aNote('She took naproxen 500 mg twice daily for 10 weeks without relief.')
    await desk.draft(aChart({ notes: [longerNote] }), draft.encounterId)
    const changedChart = await draft.read()

    expect(answerOf(again, question)?.reason).toBe('changed by colleague: the patient confirms it')
    expect((await formOf(draft))('clinical.narrative')).not.toContain('the patient confirms it')
    expect(answerOf(changedChart, question)).toMatchObject({ answer: 'met' })
    expect(answerOf(changedChart, question)?.reason).not.toContain('colleague')
    expect(changedChart.answerChanges).toMatchObject([{ applies: false }])
  })
})

describe('what a person types into the form', () => {
  it('is on the form and survives a new run', async () => {
    const draft = await desk.draft()
    expect((await draft.read()).formValues).toMatchObject({ 'values.requester.fax': '' })

    const entries = {
      'values.requester.fax': '617-555-0100',
      'services.0.start': '2026-12-08',
      'choices.review': 'urgent',
    }
    const typed = await draft.done('PUT', '/form', { body: { entries }, as: 'staff' })
    const field = await formOf(draft)
    await desk.draft(aChart(), draft.encounterId)

    expect(typed.formEntries).toContainEqual(
      expect.objectContaining({ field: 'values.requester.fax', enteredBy: 'staff' }),
    )
    expect([field('requester.fax'), field('service[1].start')]).toEqual([
      '617-555-0100',
      '12/08/2026',
    ])
    expect((await draft.read()).formValues).toMatchObject({
      'values.requester.fax': '617-555-0100',
      'services.0.start': '12/08/2026',
      'choices.review': 'urgent',
    })
    expect((await formOf(draft))('requester.fax')).toBe('617-555-0100')
  })

  it('is a diagnosis that the chart lacks, after those that it has', async () => {
    const draft = await desk.draft()
    const { formValues } = await draft.read()
    const charted = Object.keys(formValues).filter(
      (field) => /^diagnoses\.\d+\.code$/.test(field) && formValues[field] !== '',
    ).length

    const typed = await draft.done('PUT', '/form', {
      body: {
        entries: { 'diagnoses.3.code': 'M54.16', 'diagnoses.3.description': 'Radiculopathy' },
      },
    })

    expect(typed.formValues).toMatchObject({
      [`diagnoses.${charted}.code`]: 'M54.16',
      [`diagnoses.${charted}.description`]: 'Radiculopathy',
    })
    const field = await formOf(draft)
    expect(field(`service[${charted + 1}].diagnosisCode`)).toBe('M54.16')
    expect(
      await problemOf(
        await draft.ask('PUT', '/form', { body: { entries: { 'diagnoses.12.code': 'M54.16' } } }),
      ),
    ).toMatchObject({ status: 400 })
  })

  it('is offered on the next order of the same provider, where it is the same on most of them', async () => {
    const draft = await desk.draft()
    await draft.done('PUT', '/form', {
      body: {
        entries: {
          'values.requester.contactName': 'J. Ruiz',
          'values.facility.name': 'Cedar Hill Imaging',
          'choices.setting': 'outpatient',
          'choices.review': 'urgent',
        },
      },
    })

    const next = await desk.draft()
    const orderBy = (provider: string, ...drafts: readonly Draft[]) =>
      desk.node.database.db
        .updateTable('work_items')
        .set({ provider_name: provider })
        .where(
          'work_item_id',
          'in',
          drafts.map(({ workItemId }) => workItemId),
        )
        .execute()
    await orderBy('Dr. Okafor', draft, next)

    expect((await next.read()).rememberedEntries).toEqual({
      'values.requester.contactName': 'J. Ruiz',
      'values.facility.name': 'Cedar Hill Imaging',
      'choices.setting': 'outpatient',
    })
    // Another procedure: whom the payer asks stays the same, and where it is done does not.
    await desk.node.database.db
      .updateTable('work_items')
      .set({ procedure_code: '27447' })
      .where('work_item_id', '=', next.workItemId)
      .execute()
    expect((await next.read()).rememberedEntries).toEqual({
      'values.requester.contactName': 'J. Ruiz',
    })
    await orderBy('Dr. Another', next)
    expect((await next.read()).rememberedEntries).toEqual({})
  })

  it('is replaced by the chart’s value when it is removed', async () => {
    const draft = await desk.draft()
    const member = 'values.coverage.memberId'
    await draft.done('PUT', '/form', { body: { entries: { [member]: 'M-1' } } })
    expect((await formOf(draft))('coverage.memberId')).toBe('M-1')

    const removed = await draft.done('PUT', '/form', { body: { entries: { [member]: null } } })

    expect(removed.formValues[member]).toBe('XQZ884411')
    expect(removed.formEntries).toEqual([])
  })

  it('is not the name that the chart has', async () => {
    const draft = await desk.draft()

    const entries = { 'values.patient.name': 'Another Name' }
    const refusal = await draft.ask('PUT', '/form', { body: { entries } })

    expect(await problemOf(refusal)).toMatchObject({ status: 409, code: 'identity_from_chart' })
  })

  it.each([
    { 'values.attestation.signature': 'A. Okafor' },
    { 'choices.review': 'at once' },
    { 'services.12.code': '72148' },
    { 'values.patient.phone': '' },
  ])('is refused when it is not for a box: %j', async (entries) => {
    const draft = await desk.draft()

    expect((await draft.ask('PUT', '/form', { body: { entries } })).status).toBe(400)
    expect((await draft.read()).version).toBe(1)
  })
})

describe('a change that cannot be made', () => {
  it('names who made another change first, and what it was', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    await draft.done('PUT', path, { body: yes, as: 'staff' })

    const late = await draft.ask('PUT', '/form', {
      body: { entries: { 'values.requester.fax': '1' } },
      version,
    })

    expect(await problemOf(late)).toMatchObject({
      status: 412,
      code: 'version_stale',
      changedBy: 'staff',
      changes: [{ kind: 'answer_changed', actor: 'staff' }],
    })
    expect((await draft.read()).formEntries).toEqual([])
  })

  it('is made once when two people make it at the same time', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()

    const both = await Promise.all(
      (['staff', 'colleague'] as const).map((as) =>
        draft.ask('PUT', path, { body: yes, as, version }),
      ),
    )

    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 412]))
    expect((await draft.read()).version).toBe(version + 1)
  })

  it('leaves everything as it was when the form cannot be filled', async () => {
    const draft = await desk.draft()
    const before = await draft.read()
    desk.failForms('the thread of the form ended')

    const refusal = await draft.ask('PUT', '/form', {
      body: { entries: { 'values.requester.fax': '1' } },
    })

    expect(await problemOf(refusal)).toMatchObject({
      status: 409,
      code: 'form_not_filled',
      detail: expect.stringContaining('nothing was changed: the thread of the form ended'),
    })
    expect(await draft.read()).toEqual(before)
  })

  it.each(['outsider', 'service'] as const)('is refused to a %s', async (as) => {
    const draft = await desk.draft()

    const answers = await Promise.all([
      draft.ask('PUT', path, { body: yes, as }),
      draft.ask('DELETE', path, { as }),
      draft.ask('PUT', '/form', { body: { entries: { 'values.requester.fax': '1' } }, as }),
      draft.ask('GET', '/source', { as }),
      draft.ask('GET', '/history', { as }),
    ])

    const expected = as === 'outsider' ? 404 : 403
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(expected))
  })

  it('is refused for an order whose chart was not kept', async () => {
    const draft = await desk.draft()
    await desk.node.database.db
      .deleteFrom('charts')
      .where('encounter_id', '=', draft.encounterId)
      .execute()

    expect(await problemOf(await draft.ask('PUT', path, { body: yes }))).toMatchObject({
      status: 409,
      code: 'chart_not_kept',
    })
    expect(await problemOf(await draft.ask('GET', '/source'))).toMatchObject({
      status: 404,
      code: 'chart_not_kept',
    })
  })

  it('is refused when nobody asked about the question', async () => {
    const draft = await desk.draft()

    expect((await draft.ask('PUT', '/answers/no-such-question', { body: yes })).status).toBe(404)
  })
})

it('is filled again when a person changes something while the encounter is processed', async () => {
  const draft = await desk.draft()
  const chart = aChart()
  const pass = await desk.begin(draft.encounterId)
  const attempt = { attempt: 1, maxAttempts: 4, workerId: 'w', signal: AbortSignal.timeout(60_000) }
  const early = await desk.steps.fillForm(pass, chart, analyze(chart, orderId), attempt)
  await draft.done('PUT', '/form', {
    body: { entries: { 'values.requester.fax': '617-555-0100' } },
  })

  await expect(desk.steps.record(pass, chart, [early])).rejects.toMatchObject({
    code: 'draft_outdated',
    kind: 'transient',
  })
  const late = await desk.steps.fillForm(pass, chart, analyze(chart, orderId), attempt)
  await desk.steps.record(pass, chart, [late])

  expect((await formOf(draft))('requester.fax')).toBe('617-555-0100')
})

it('shows the text that its quotes are of', async () => {
  const draft = await desk.draft(aChart({ notes: [aNote(note)] }))

  const source = await (await draft.ask('GET', '/source')).json()

  expect(source).toMatchObject({
    documents: [{ resourceId: 'doc-77', title: 'Progress note', text: note, unreadReason: null }],
    problems: [{ text: expect.stringContaining('adiculopathy'), code: 'M54.16', status: 'active' }],
    results: [{ text: 'Pain severity: 7 {score}' }],
  })
})

import { createHash } from 'node:crypto'
import { analyze } from '@authscript/intelligence'
import type { ReviewView } from '@authscript/prior-auth'
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFields } from '../../src/forms/map/read-fields.ts'
import { aChart, aNote, orderId } from '../intelligence/a-chart.ts'
import { type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'
import { fileToChart, inChart } from './in-chart.ts'

let desk: Desk
// The first order loads the lexicon, and starts the thread of the forms.
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())

const reason = 'I examined her myself'
const approval = { as: 'clinician', body: { reason } } as const

const bytesOf = async (draft: Draft) =>
  Buffer.from(await (await draft.ask('GET', '/form.pdf')).arrayBuffer())
const fieldsOf = async (pdf: Uint8Array) => readFields(await PDFDocument.load(pdf))
const linesOf = async (draft: Draft) => {
  const { items } = (await (await draft.ask('GET', '/history')).json()) as {
    items: { kind: string; actor: string | null; version: number; data: object }[]
  }
  return items
}

const countOf = async (table: 'write_backs' | 'work_item_history', workItemId: string) => {
  const { n } = await desk.node.database.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('work_item_id', '=', workItemId)
    .executeTakeFirstOrThrow()
  return n
}

describe('an approval', () => {
  it('needs a reason while questions are open, and lists them', async () => {
    const draft = await desk.draft()
    const { analysis, version } = await draft.read()
    const open = analysis.outcome === 'assessed' ? analysis.answers : []

    const refusal = await problemOf(await draft.ask('POST', '/approve', { as: 'clinician' }))

    expect(refusal).toMatchObject({
      status: 409,
      code: 'reason_required',
      detail: expect.stringMatching(/^\d+ questions are open or not met/),
    })
    const issues = refusal['issues'] as { path: string; message: string }[]
    const unsettled = open.filter(({ answer }) => answer !== 'met')
    expect(issues.map(({ path }) => path)).toEqual(unsettled.map(({ criterionId }) => criterionId))
    expect(issues[0]?.message).toMatch(/\? (Unknown|No)$/)
    expect(await draft.read()).toMatchObject({ version, writeBack: null })
  })

  it('marks the form that was seen, and sends exactly these bytes', async () => {
    const draft = await desk.draft()
    const seen = await bytesOf(draft)

    const approved = await draft.done('POST', '/approve', approval)

    const sent = await bytesOf(draft)
    expect(sent.equals(seen)).toBe(false)
    expect(await fieldsOf(sent)).toEqual(await fieldsOf(seen))
    const row = await desk.node.store.writeBacks.latest(draft.workItemId)
    expect(row?.form_sha256).toBe(createHash('sha256').update(sent).digest('hex'))
    expect(row).toMatchObject({ approved_by: 'clinician', state: 'queued' })
    expect(approved).toMatchObject({ review: 'approved', stage: 'filing' })
    expect((await linesOf(draft)).at(-1)).toMatchObject({
      kind: 'approved',
      actor: 'clinician',
      data: { reason },
    })
  })

  it('is the same answer when the same person repeats it, and no second document', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    const approve = () => draft.ask('POST', '/approve', { ...approval, version })

    const both = await Promise.all([approve(), approve()])
    const later = await approve()
    await fileToChart(desk, draft)
    const last = await approve()

    expect(both.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 202]))
    expect([later.status, last.status]).toEqual([200, 200])
    expect((await later.json()) as ReviewView).toMatchObject({ review: 'approved' })
    expect(await countOf('write_backs', draft.workItemId)).toBe(1)
  })

  it('is refused to another person, with the name of who approved first', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    await draft.done('POST', '/approve', approval)

    const late = await draft.ask('POST', '/approve', { as: 'colleague', body: { reason }, version })

    expect(await problemOf(late)).toMatchObject({
      status: 412,
      changedBy: 'clinician',
      changes: [{ kind: 'approved', data: { reason } }],
    })
  })

  it('is refused of a version whose form was replaced meanwhile', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    await desk.draft(aChart(), draft.encounterId)

    const late = await draft.ask('POST', '/approve', { ...approval, version })

    expect(await problemOf(late)).toMatchObject({ status: 412, code: 'version_stale' })
    expect(await countOf('write_backs', draft.workItemId)).toBe(0)
  })

  it.each([
    { as: 'staff', status: 403 },
    { as: 'service', status: 403 },
    { as: 'outsider', status: 404 },
  ] as const)('is refused to $as', async ({ as, status }) => {
    const draft = await desk.draft()

    expect((await draft.ask('POST', '/approve', { ...approval, as })).status).toBe(status)
  })

  it('is refused of an order without a form', async () => {
    const draft = await desk.draft(aChart({ code: '' }))

    expect(await problemOf(await draft.ask('POST', '/approve', approval))).toMatchObject({
      status: 409,
      code: 'not_approvable',
    })
  })

  it('outlives a new run of the encounter', async () => {
    const draft = await desk.draft()
    const approved = await draft.done('POST', '/approve', approval)
    const sent = await bytesOf(draft)

    await desk.draft(aChart({ notes: [aNote('Nothing new.')] }), draft.encounterId)

    expect(await draft.read()).toMatchObject({ version: approved.version, review: 'approved' })
    expect((await bytesOf(draft)).equals(sent)).toBe(true)
  })
})

describe('an order that is opened again', () => {
  it('is the draft that it was before it was closed', async () => {
    const draft = await desk.draft()
    const before = await draft.read()
    const seen = await bytesOf(draft)
    const closed = await draft.done('POST', '/close', { body: { reason: 'surgery was cancelled' } })

    const opened = await draft.done('POST', '/reopen')

    expect(closed).toMatchObject({ stage: 'closed', closedReason: 'surgery was cancelled' })
    expect(opened).toMatchObject({ review: before.review, stage: before.stage, closedReason: null })
    expect(await fieldsOf(await bytesOf(draft))).toEqual(await fieldsOf(seen))
    expect((await linesOf(draft)).map(({ kind }) => kind).slice(-2)).toEqual(['closed', 'reopened'])
    expect((await draft.ask('POST', '/approve', approval)).status).toBe(202)
  })

  it('withdraws an approval that was not sent, and can be approved again as another document', async () => {
    const draft = await desk.draft()
    const seen = await bytesOf(draft)
    await draft.done('POST', '/approve', approval)

    const opened = await draft.done('POST', '/reopen')
    const first = await desk.node.store.writeBacks.latest(draft.workItemId)
    const draftAgain = await bytesOf(draft)
    const again = await draft.done('POST', '/approve', approval)

    expect(opened.review).toBe('missing_data')
    expect(first?.state).toBe('withdrawn')
    expect(draftAgain.equals(seen)).toBe(false)
    expect(again.writeBack).toMatchObject({ state: 'queued', version: opened.version })
    const { workItems } = desk.node.store
    expect(await workItems.isApproved(draft.workItemId, first?.version ?? 0)).toBe(false)
    expect(await workItems.isApproved(draft.workItemId, opened.version)).toBe(true)
  })

  it.each(['is being sent', 'may be in the chart'])(
    'is refused while its form %s',
    async (situation) => {
      const draft = await desk.draft()
      await draft.done('POST', '/approve', approval)
      const { writeBacks } = desk.node.store
      const row = await writeBacks.latest(draft.workItemId)
      const key = { workItemId: draft.workItemId, version: row?.version ?? 0 }
      await writeBacks.transition(key, 'writing', {}, 1)
      const sent = { title: 't', sizeBytes: 1, sha256: '', sha1: '', destination: 'd' }
      await writeBacks.markSending(key, 1, sent)
      if (situation === 'may be in the chart') await writeBacks.transition(key, 'ambiguous', {}, 1)
      const before = await draft.read()

      const refusal = await problemOf(await draft.ask('POST', '/reopen'))

      expect(refusal).toMatchObject({ status: 409, code: 'form_on_its_way' })
      expect(await draft.read()).toEqual(before)
    },
  )

  it('stays in the chart if its form is there', async () => {
    const draft = await inChart(desk)
    await draft.done('POST', '/close')

    const opened = await draft.done('POST', '/reopen')

    expect(opened).toMatchObject({ review: 'submitted', stage: 'to_send' })
  })

  it('is refused when it is a draft, and to another practice', async () => {
    const draft = await desk.draft()

    expect(await problemOf(await draft.ask('POST', '/reopen'))).toMatchObject({
      status: 409,
      code: 'not_reopenable',
    })
    expect((await draft.ask('POST', '/reopen', { as: 'outsider' })).status).toBe(404)
    expect((await draft.ask('POST', '/reopen', { version: 99 })).status).toBe(412)
  })
})

describe('an order that was closed meanwhile', () => {
  it('refuses every change, and says who closed it', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()
    await draft.done('POST', '/close', { as: 'staff' })

    const answers = await Promise.all([
      draft.ask('PUT', '/form', { body: { entries: { 'values.requester.fax': '1' } }, version }),
      draft.ask('POST', '/approve', { ...approval, version }),
      draft.ask('POST', '/close', { version }),
      draft.ask('POST', '/hand-over', { body: { owner: 'clinician' }, version }),
    ])

    for (const answer of answers)
      expect(await problemOf(answer)).toMatchObject({
        status: 412,
        changedBy: 'staff',
        changes: [{ kind: 'closed' }],
      })
    const again = await Promise.all([
      draft.ask('PUT', '/form', { body: { entries: { 'values.requester.fax': '1' } } }),
      draft.ask('POST', '/approve', approval),
      draft.ask('POST', '/close'),
      draft.ask('POST', '/hand-over', { body: { owner: 'clinician' } }),
    ])
    const codes = await Promise.all(again.map(async (one) => (await problemOf(one))['code']))
    expect(codes).toEqual(['not_drafted', 'not_approvable', 'not_closable', 'not_drafted'])
  })
})

it('is handed to a clinician, and then waits for a signature', async () => {
  const draft = await desk.draft()
  expect((await draft.read()).stage).toBe('needs_information')

  const handed = await draft.done('POST', '/hand-over', {
    as: 'staff',
    body: { owner: 'clinician' },
  })

  expect(handed).toMatchObject({ owner: 'clinician', stage: 'ready_to_sign' })
  expect((await linesOf(draft)).at(-1)).toMatchObject({
    kind: 'handed_over',
    actor: 'staff',
    data: { owner: 'clinician', previous: null },
  })
  expect((await draft.ask('POST', '/approve', approval)).status).toBe(202)
})

it('takes a note without a new version, also from two people at once', async () => {
  const draft = await desk.draft()
  const { version } = await draft.read()
  const note = (as: 'staff' | 'clinician', text: string) =>
    draft.ask('POST', '/notes', { as, body: { text } })

  const answers = await Promise.all([note('staff', 'called the payer'), note('clinician', 'ok')])

  expect(answers.map(({ status }) => status)).toEqual([204, 204])
  expect((await draft.read()).version).toBe(version)
  const notes = (await linesOf(draft)).filter(({ kind }) => kind === 'note')
  expect(new Set(notes.map(({ actor }) => actor))).toEqual(new Set(['clinician', 'staff']))
  expect((await draft.ask('POST', '/notes', { as: 'outsider', body: { text: 'x' } })).status).toBe(
    404,
  )
  expect((await draft.ask('POST', '/notes', { body: { text: ' ' } })).status).toBe(400)
})

describe('what happens with the payer', () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
    new Date(),
  )
  const sent = { kind: 'sent', on: today, method: 'fax', reference: 'F-17' }
  const asked = { kind: 'more_information_asked', on: today, what: 'the MRI report' }
  const approved = {
    kind: 'approved',
    on: today,
    authorizationNumber: 'A-1',
    validTo: '2027-01-31',
  }
  const denied = { kind: 'denied', on: today, reason: 'not covered' }

  it('is kept step by step, and a later step corrects an earlier one', async () => {
    const draft = await inChart(desk)
    expect((await draft.read()).stage).toBe('to_send')

    const stages: string[] = []
    for (const body of [sent, asked, sent, approved, denied])
      stages.push((await draft.done('POST', '/payer-steps', { as: 'staff', body })).stage)

    expect(stages).toEqual([
      'waiting_for_payer',
      'more_information_asked',
      'waiting_for_payer',
      'authorized',
      'denied',
    ])
    const lines = await linesOf(draft)
    expect(lines.map(({ kind }) => kind).slice(-6)).toEqual([
      'in_chart',
      'sent',
      'more_information_asked',
      'sent',
      'authorized',
      'denied',
    ])
    expect(lines.at(-2)?.data).toEqual({
      on: today,
      authorizationNumber: 'A-1',
      validTo: '2027-01-31',
    })
  })

  it.each([
    { what: 'a decision before it was sent', body: approved, code: 'not_sent_yet' },
    { what: 'a day to come', body: { ...sent, on: '2999-01-01' }, code: 'date_implausible' },
    { what: 'a day long before', body: { ...sent, on: '2001-01-01' }, code: 'date_implausible' },
  ])('is refused: $what', async ({ body, code }) => {
    const draft = await inChart(desk)
    const before = await draft.read()

    expect(await problemOf(await draft.ask('POST', '/payer-steps', { body }))).toMatchObject({
      status: 409,
      code,
    })
    expect(await draft.read()).toEqual(before)
  })

  it('is refused before the form is in the chart, for an old version, and to another practice', async () => {
    const early = await desk.draft()
    const draft = await inChart(desk)
    const step = (options: object) => draft.ask('POST', '/payer-steps', { body: sent, ...options })

    expect(await problemOf(await early.ask('POST', '/payer-steps', { body: sent }))).toMatchObject({
      code: 'not_in_chart',
    })
    expect((await step({ version: 1 })).status).toBe(412)
    expect((await step({ as: 'outsider' })).status).toBe(404)
  })
})

it('keeps the analysis of the rules, which people never change', async () => {
  const chart = aChart()
  const draft = await desk.draft(chart)
  await draft.done('PUT', '/answers/medication_trial', { body: { answer: 'met', reason: 'r' } })

  const { analysis } = await desk.node.database.db
    .selectFrom('work_items')
    .select('analysis')
    .where('work_item_id', '=', draft.workItemId)
    .executeTakeFirstOrThrow()

  expect(analysis).toEqual(JSON.parse(JSON.stringify(analyze(chart, orderId))))
})

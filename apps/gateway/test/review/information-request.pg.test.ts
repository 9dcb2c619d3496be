import type { QueuePage, ReviewView } from '@authscript/prior-auth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { recordReprocessing } from '../../src/review/actions/record-reprocessing.ts'
import { type Desk, type Draft, openDesk, practiceId, problemOf } from './a-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())
beforeEach(() => desk.node.database.db.deleteFrom('mentions').execute())

const what = 'Was there a CT before?'
const ask = (draft: Draft, body: object = {}) =>
  draft.ask('PUT', '/information-request', {
    as: 'staff',
    body: { of: 'clinician', what, dueOn: '2126-12-01', ...body },
  })
const end = (draft: Draft, body: object, as: 'clinician' | 'staff' = 'clinician') =>
  draft.ask('POST', '/information-request/result', { as, body })
async function asked(body: object = {}): Promise<Draft> {
  const draft = await desk.draft()
  expect((await ask(draft, body)).status).toBe(200)
  return draft
}
async function rowOf(label: string, view: string, { workItemId }: Draft) {
  const response = await fetch(`${desk.address}/api/work-queue?view=${view}&limit=200`, {
    headers: { 'x-api-key': `key of ${label}` },
  })
  return ((await response.json()) as QueuePage).items.find((row) => row.workItemId === workItemId)
}
const linesOf = async (draft: Draft) =>
  (
    (await (await draft.ask('GET', '/history')).json()) as {
      items: { kind: string; actor: string | null; data: object }[]
    }
  ).items.map(({ kind, actor, data }) => ({ kind, actor, data }))

describe('information that somebody is asked for', () => {
  it('makes the draft wait in a view of its own, and reaches the person who is asked', async () => {
    const draft = await desk.draft()
    const before = await draft.read()

    const view = (await (await ask(draft)).json()) as ReviewView

    expect(view).toMatchObject({
      stage: 'information_asked',
      review: before.review,
      informationRequest: { of: 'clinician', what, dueOn: '2126-12-01', by: 'staff' },
    })
    expect(await rowOf('clinician', 'mine', draft)).toMatchObject({ mentionsMe: true })
    expect(await rowOf('colleague', 'information_asked', draft)).toMatchObject({
      stage: 'information_asked',
      informationRequest: { of: 'clinician' },
    })
    expect(await rowOf('colleague', 'needs_information', draft)).toBeUndefined()
    expect((await linesOf(draft)).at(-1)).toEqual({
      kind: 'information_asked',
      actor: 'staff',
      data: { of: 'clinician', what, dueOn: '2126-12-01' },
    })
  })

  it('ends with an answer, of which the person who asked is notified', async () => {
    const draft = await asked()

    const response = await end(draft, { outcome: 'answered', answer: 'Yes, in May' })

    expect((await response.json()) as ReviewView).toMatchObject({
      stage: 'needs_information',
      informationRequest: null,
    })
    expect(await rowOf('staff', 'mine', draft)).toMatchObject({ mentionsMe: true })
    expect((await linesOf(draft)).at(-1)).toEqual({
      kind: 'information_answered',
      actor: 'clinician',
      data: { of: 'clinician', answer: 'Yes, in May' },
    })
  })

  it('is withdrawn without an answer, and may be asked again', async () => {
    const draft = await asked()

    expect((await end(draft, { outcome: 'withdrawn', reason: 'found it' }, 'staff')).status).toBe(
      200,
    )
    expect((await linesOf(draft)).at(-1)).toMatchObject({
      kind: 'information_withdrawn',
      data: { of: 'clinician', reason: 'found it' },
    })
    expect((await ask(draft)).status).toBe(200)
  })

  it('may be asked of somebody outside of the practice, who is not notified', async () => {
    const draft = await asked({ of: 'the patient', dueOn: undefined })

    expect((await draft.read()).informationRequest).toMatchObject({
      of: 'the patient',
      dueOn: null,
    })
    const mentions = await desk.node.database.db.selectFrom('mentions').selectAll().execute()
    expect(mentions).toEqual([])
  })

  it('stays when the chart is read again', async () => {
    const draft = await asked()

    await desk.draft(undefined, draft.encounterId)

    expect(await draft.read()).toMatchObject({
      stage: 'information_asked',
      informationRequest: { of: 'clinician', what },
    })
  })

  it.each([
    ['approved', '/approve', 'clinician'],
    ['closed', '/close', 'staff'],
  ] as const)('ends when the order is %s, and says so', async (kind, path, as) => {
    const draft = await asked()

    await draft.done('POST', path, { as, body: { reason: 'it is clear without' } })

    expect((await draft.read()).informationRequest).toBeNull()
    expect((await linesOf(draft)).slice(-2)).toMatchObject([
      { kind },
      { kind: 'information_withdrawn', actor: as, data: { of: 'clinician' } },
    ])
  })
})

describe('such a request is refused', () => {
  it('while another one is open, on a day of the past, and on an order that is no draft', async () => {
    const draft = await asked()
    const again = await problemOf(await ask(draft, { of: 'colleague' }))
    const fresh = await desk.draft()
    const past = await problemOf(await ask(fresh, { dueOn: '2020-01-31' }))
    await fresh.done('POST', '/close', { body: { reason: 'moved away' } })
    const closed = await problemOf(await ask(fresh))

    expect(again).toMatchObject({
      status: 409,
      code: 'asked_already',
      detail: 'clinician is asked already; enter the answer or withdraw that request first',
    })
    expect(past).toMatchObject({
      code: 'date_implausible',
      issues: [{ path: 'dueOn', message: '01/31/2020 is in the past' }],
    })
    expect(closed).toMatchObject({ code: 'not_drafted' })
    expect((await draft.read()).informationRequest).toMatchObject({ of: 'clinician' })
  })

  it('when nobody is asked, the version is not the newest, or the order is of another practice', async () => {
    const draft = await desk.draft()
    const nothing = await problemOf(await end(draft, { outcome: 'withdrawn' }))
    const { version } = await draft.read()
    await ask(draft)
    const stale = await draft.ask('POST', '/information-request/result', {
      body: { outcome: 'withdrawn' },
      version,
    })
    const foreign = await draft.ask('PUT', '/information-request', {
      as: 'outsider',
      body: { of: 'outsider', what },
    })
    const program = await draft.ask('PUT', '/information-request', {
      as: 'service',
      body: { of: 'clinician', what },
    })

    expect(nothing).toMatchObject({ status: 409, code: 'nothing_asked' })
    expect([stale.status, foreign.status, program.status]).toEqual([412, 404, 403])
  })
})

describe('reading the chart again', () => {
  it('leaves a line in the history of each order, and an approval as it was', async () => {
    const draft = await desk.draft()
    await draft.done('POST', '/approve', { as: 'clinician', body: { reason: 'examined' } })
    const ref = { practiceId, patientId: 'a-195900.E-60178', encounterId: draft.encounterId }
    const { store } = desk.node

    await recordReprocessing(ref, 'staff', { store, clock: { now: () => new Date() } as never })
    await desk.draft(undefined, draft.encounterId)

    expect((await linesOf(draft)).at(-1)).toEqual({
      kind: 'reprocessed',
      actor: 'staff',
      data: { review: 'approved' },
    })
    expect(await draft.read()).toMatchObject({ review: 'approved' })
  })
})

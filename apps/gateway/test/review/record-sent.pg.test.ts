import type { RecordSentResult } from '@authscript/prior-auth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'
import { inChart } from './in-chart.ts'

let desk: Desk
let first: Draft
let second: Draft
beforeAll(async () => {
  desk = await openDesk()
  first = await inChart(desk)
  second = await inChart(desk)
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())

/** Where the practice of the desk is. */
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date())
const post = (path: string, body: object, as = 'staff') =>
  fetch(`${desk.address}/api/work-queue/sent${path}`, {
    method: 'POST',
    headers: { 'x-api-key': `key of ${as}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const seen = async (draft: Draft) => ({
  workItemId: draft.workItemId,
  version: (await draft.read()).version,
})
const resultOf = async (response: Promise<Response>) =>
  (await (await response).json()) as RecordSentResult
const kindsOf = async (draft: Draft) =>
  (
    (await (await draft.ask('GET', '/history')).json()) as {
      items: { kind: string; actor: string | null; data: object }[]
    }
  ).items

describe('several orders recorded as sent', () => {
  it('each get the day, the method and their reference, and are undone together', async () => {
    const items = [
      { ...(await seen(first)), reference: 'fax 17' },
      { ...(await seen(second)), reference: 'fax 18' },
    ]

    const result = await resultOf(post('', { items, on: today, method: 'fax' }))

    expect(result.left).toEqual([])
    expect(result.changed).toEqual(
      items.map(({ workItemId, version }) => ({ workItemId, version: version + 1 })),
    )
    expect(await first.read()).toMatchObject({ stage: 'waiting_for_payer' })
    expect((await kindsOf(second)).at(-1)).toMatchObject({
      kind: 'sent',
      actor: 'staff',
      data: { on: today, method: 'fax', reference: 'fax 18' },
    })

    const undone = await resultOf(post('/undo', { items: result.changed }))

    expect(undone.left).toEqual([])
    expect(await second.read()).toMatchObject({ stage: 'to_send', payerState: null })
    expect((await kindsOf(second)).at(-1)).toMatchObject({ kind: 'sent_undone', actor: 'staff' })
  })

  it('do not change what somebody changed meanwhile, what is sent already, and what is not known', async () => {
    const before = await seen(first)
    await first.done('POST', '/payer-steps', {
      body: { kind: 'sent', on: today, method: 'portal' },
    })
    const draft = await desk.draft()
    const items = [
      before,
      await seen(first),
      await seen(draft),
      { workItemId: 'nothing', version: 1 },
      await seen(second),
    ]

    const { changed, left } = await resultOf(post('', { items, on: today, method: 'mail' }))

    expect(changed.map(({ workItemId }) => workItemId)).toEqual([second.workItemId])
    expect(left.map(({ code }) => code)).toEqual([
      'version_stale',
      'sent_already',
      'not_in_chart',
      'not_found',
    ])
    for (const { reason } of left) expect(reason).toMatch(/^[a-z].{10}/)
    expect((await kindsOf(first)).at(-1)).toMatchObject({ data: { method: 'portal' } })

    // The payer has answered meanwhile: that is not undone.
    await second.done('POST', '/payer-steps', {
      body: { kind: 'denied', on: today, reason: 'not covered' },
    })
    const undone = await resultOf(post('/undo', { items: changed }))
    expect(undone).toMatchObject({ changed: [], left: [{ code: 'version_stale' }] })
    expect(await second.read()).toMatchObject({ stage: 'denied' })
  })

  it('must be of the caller’s practices, and on a day that is not in the future', async () => {
    const third = await inChart(desk)
    const items = [await seen(third)]

    const foreign = await resultOf(post('', { items, on: today, method: 'fax' }, 'outsider'))
    const future = await resultOf(post('', { items, on: '2126-01-01', method: 'fax' }))
    const program = await post('', { items, on: today, method: 'fax' }, 'service')
    const wrong = await problemOf(await post('', { items, on: today, method: 'pigeon' }))

    expect(foreign.left).toMatchObject([{ code: 'not_found' }])
    expect(future.left).toMatchObject([{ code: 'date_implausible' }])
    expect(program.status).toBe(403)
    expect(wrong.status).toBe(400)
    expect(await third.read()).toMatchObject({ stage: 'to_send' })
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { migrations } from '../../src/store/migrations/index.ts'
import { aChart } from '../intelligence/a-chart.ts'
import { type Desk, type Draft, openDesk, practiceId } from './a-desk.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

const dueOf = async (draft: Draft) => {
  const { urgency, dueOn, plannedOn } = await draft.read()
  return { urgency, dueOn, plannedOn }
}

const type = (draft: Draft, review: 'urgent' | 'standard' | null) =>
  draft.done('PUT', '/form', { body: { entries: { 'choices.review': review } }, as: 'staff' })

/** The day on which the 72 hours end of an encounter that was found to be signed now, as the database counts. */
async function lastDay(draft: Draft, timeZone = 'America/New_York'): Promise<string> {
  const { rows } = await sql<{ readonly day: string }>`
    select (detected_at at time zone ${timeZone} + interval '3 days')::date::text as day
      from encounters where encounter_id = ${draft.encounterId}`.execute(desk.node.database.db)
  return rows[0]?.day ?? ''
}

it('is due within 72 hours of its signature from when a person types urgent, until it is set back', async () => {
  const draft = await desk.draft()
  const charted = await dueOf(draft)
  const urgent = { ...charted, urgency: 'urgent', dueOn: await lastDay(draft) }

  await type(draft, 'urgent')
  expect(await dueOf(draft)).toEqual(urgent)

  // Another run of the encounter keeps what a person decided.
  await desk.draft(aChart(), draft.encounterId)
  expect(await dueOf(draft)).toEqual(urgent)

  await type(draft, 'standard')
  expect(await dueOf(draft)).toEqual({ ...charted, urgency: 'standard' })

  await type(draft, null)
  expect(await dueOf(draft)).toEqual(charted)
})

it('stays as it was where somebody else changed the order first: form, urgency and due day are one change', async () => {
  const draft = await desk.draft()
  const charted = await dueOf(draft)
  const { version } = await draft.read()
  await draft.done('PUT', '/form', { body: { entries: { 'values.facility.name': 'Cedar Hill' } } })

  const late = await draft.ask('PUT', '/form', {
    body: { entries: { 'choices.review': 'urgent' } },
    version,
  })

  expect(late.status).toBe(412)
  expect(await dueOf(draft)).toEqual(charted)
  expect((await draft.read()).formEntries.map(({ field }) => field)).toEqual([
    'values.facility.name',
  ])
})

it('counts at the first start of this release for what was typed before', async () => {
  const [typed, approved] = [await desk.draft(), await desk.draft()]
  const charted = await dueOf(approved)
  for (const draft of [typed, approved]) await type(draft, 'urgent')
  const { db } = desk.node.database
  const before = { urgency: charted.urgency, expedited_due_on: null }
  await db.updateTable('work_items').set(before).where('practice_id', '=', practiceId).execute()
  await db
    .updateTable('work_items')
    .set({ review: 'approved' })
    .where('work_item_id', '=', approved.workItemId)
    .execute()

  await migrations['0035-typed-urgency']?.up(db)

  // As all days of an earlier release, in UTC.

  expect(await dueOf(typed)).toMatchObject({
    urgency: 'urgent',
    dueOn: await lastDay(typed, 'UTC'),
  })
  expect(await dueOf(approved)).toEqual(charted)
})

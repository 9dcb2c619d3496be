import type { Analysis, AnswerValue } from '@authscript/prior-auth'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { DraftedWorkItem } from '../src/store/work-items.ts'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const encounter = { practiceId: 'p1', patientId: 'patient-1', encounterId: 'E-77' }
const now = new Date('2026-06-15T18:00:00Z')

/** A draft with these answers, by criterion. */
function aDraft(answers: Readonly<Record<string, AnswerValue>>): DraftedWorkItem {
  // Only these members of an analysis are read here.
  const analysis = {
    outcome: 'assessed',
    order: {
      orderType: 'ServiceRequest',
      serviceRequestId: 'order-1',
      procedureCode: '27447',
      description: 'Total knee arthroplasty',
    },
    policy: { policyId: 'knee', title: 'Knee' },
    recommendation: 'needs_info',
    confidence: 0.5,
    answers: Object.entries(answers).map(([criterionId, answer]) => ({ criterionId, answer })),
  } as unknown as Analysis
  return {
    encounter,
    patientInitials: 'KN',
    patientSortName: 'nunez karin',
    details: {
      patientName: 'Karin Núñez',
      birthDate: '1957-08-30',
      recordNumber: 'MRN-5',
      memberId: 'PHP60191442',
      payerName: 'Prairie',
      planName: 'PPO',
      providerName: 'Dr. Ada Okafor',
      plannedOn: '2026-12-08',
      urgency: 'standard',
    },
    transactionId: 't1',
    review: 'missing_data',
    analysis,
    openQuestionCount: 0,
    completeness: [],
    form: undefined,
  }
}

async function openWithEncounter(parts: AsyncDisposableStack): Promise<Node> {
  const node = parts.use(await openNode(parts.use(await createTestDatabase()).connection))
  await sql`insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
    values ('p1', 'patient-1', 'E-77', 'processed', ${now})`.execute(node.database.db)
  return node
}

it('writes a history entry for each draft, with how many answers changed, and for its end', async () => {
  await using parts = new AsyncDisposableStack()
  const { store } = await openWithEncounter(parts)

  const saved = await store.workItems.saveDraft(aDraft({ a: 'met', b: 'unclear', c: 'met' }), now)
  await store.workItems.saveDraft(aDraft({ a: 'met', b: 'not_met', d: 'met' }), now)
  await store.workItems.saveDraft(aDraft({ d: 'met', b: 'not_met', a: 'met' }), now)
  await store.workItems.supersede(encounter, [], now)
  await store.workItems.saveDraft(aDraft({ a: 'unclear', b: 'not_met', d: 'met' }), now)

  const lines = await store.history.list(saved?.work_item_id ?? '')
  expect(lines.map(({ version, kind, actor, data }) => ({ version, kind, actor, data }))).toEqual([
    { version: 1, kind: 'drafted', actor: null, data: { recommendation: 'needs_info' } },
    // b is answered otherwise, c is gone, d is new.
    {
      version: 2,
      kind: 'drafted',
      actor: null,
      data: { recommendation: 'needs_info', changedAnswers: 3 },
    },
    {
      version: 3,
      kind: 'drafted',
      actor: null,
      data: { recommendation: 'needs_info', changedAnswers: 0 },
    },
    { version: 4, kind: 'superseded', actor: null, data: {} },
    {
      version: 5,
      kind: 'drafted',
      actor: null,
      data: { recommendation: 'needs_info', changedAnswers: 1 },
    },
  ])
})

it('leaves the history of what a person has closed as it is', async () => {
  await using parts = new AsyncDisposableStack()
  const { store, database } = await openWithEncounter(parts)
  const saved = await store.workItems.saveDraft(aDraft({ a: 'met' }), now)
  await sql`update work_items set review = 'closed'`.execute(database.db)

  expect(await store.workItems.saveDraft(aDraft({ a: 'unclear' }), now)).toBeUndefined()

  expect(await store.history.list(saved?.work_item_id ?? '')).toHaveLength(1)
})

it('has the family name of its provider to sort by, and the last day of an urgent order', async () => {
  await using parts = new AsyncDisposableStack()
  const { store } = await openWithEncounter(parts)
  const draft = aDraft({ a: 'met' })
  await store.workItems.saveDraft(
    { ...draft, providerSortName: 'okafor ada', expeditedDueOn: '2026-06-18' },
    now,
  )
  const page = (sort: 'due' | 'provider') =>
    store.workQueue.page(
      { practiceIds: ['p1'] },
      { view: 'open', person: '', words: [] },
      { sort, direction: 'asc' },
      { after: undefined, limit: 10 },
    )

  expect(await page('provider')).toMatchObject([{ sort_value: 'okafor ada' }])
  expect(await page('due')).toMatchObject([{ due_on: '2026-06-18', planned_on: '2026-12-08' }])

  // Assessed again, it is not urgent any more.
  await store.workItems.saveDraft(draft, now)
  expect(await page('due')).toMatchObject([{ due_on: '2026-12-08' }])
})

it('is found by name, birth date, numbers, payer, provider, order, code and encounter', async () => {
  await using parts = new AsyncDisposableStack()
  const { store } = await openWithEncounter(parts)
  await store.workItems.saveDraft(aDraft({ a: 'met' }), now)
  const words = [
    'nunez',
    'karin',
    '08/30/1957',
    '1957-08-30',
    'mrn-5',
    'php60191442',
    'prairie',
    'okafor',
    'arthroplasty',
    '27447',
    'e-77',
  ]

  for (const word of words) {
    const rows = await store.workQueue.page(
      { practiceIds: ['p1'] },
      { view: 'open', person: '', words: [word] },
      { sort: 'patient', direction: 'asc' },
      { after: undefined, limit: 10 },
    )

    expect(rows, word).toMatchObject([
      { patient_name: 'Karin Núñez', planned_on: '2026-12-08', sort_value: 'nunez karin' },
    ])
  }
})

import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { ageStepsMs } from '../src/intake/poll-pace.ts'
import type { PollResult, RegistrationRow } from '../src/store/registrations.ts'
import { type Node, openNode } from './database/node.ts'
import { createTestDatabase } from './database/test-database.ts'

const ref = { practiceId: 'p1', patientId: 'patient-1', encounterId: 'e1' }
const other = { ...ref, patientId: 'patient-2' }
const scope = { practiceIds: ['p1'] }
const page = { limit: 10, after: undefined }
const dayMs = 86_400_000
const result: PollResult = {
  errorCode: null,
  failureCount: 0,
  refusedSince: null,
  watch: 'open',
  endCode: null,
  nextPollAt: new Date(),
}

async function open(parts: AsyncDisposableStack): Promise<Node> {
  const database = parts.use(await createTestDatabase())
  return parts.use(await openNode(database.connection))
}
const allRows = ({ database }: Node) =>
  database.db.selectFrom('registrations').selectAll().execute()

describe('registering an encounter', () => {
  it.each<{ readonly state: string; readonly poll: PollResult | undefined }>([
    { state: 'never polled', poll: undefined },
    { state: 'open', poll: { ...result, encounterStatus: 'in-progress' } },
    { state: 'not known to the EHR', poll: { ...result, errorCode: 'encounter_unknown' } },
    {
      state: 'signed',
      poll: { ...result, encounterStatus: 'finished', watch: 'signed', watchUntil: new Date() },
    },
    {
      state: 'ended after it was signed',
      poll: { ...result, encounterStatus: 'finished', watch: 'ended' },
    },
    {
      state: 'ended, never signed',
      poll: {
        ...result,
        encounterStatus: 'in-progress',
        watch: 'ended',
        endCode: 'encounter_never_signed',
      },
    },
  ])('of another patient is refused and changes nothing: $state', async ({ poll }) => {
    await using parts = new AsyncDisposableStack()
    const node = await open(parts)
    const { registrations } = node.store
    await registrations.register(ref)
    if (poll !== undefined) await registrations.recordPoll(ref, poll, new Date())
    const before = await allRows(node)

    expect(await registrations.register(other)).toBeUndefined()

    expect(await allRows(node)).toEqual(before)
    expect(await node.store.events.after(0, 10)).toEqual([])
  })

  it.each(['encounter_unknown', 'ehr_not_found', 'ehr_wrong_patient'])(
    'again for the right patient is taken where the EHR never gave a status (%s)',
    async (endCode) => {
      await using parts = new AsyncDisposableStack()
      const node = await open(parts)
      const { registrations } = node.store
      await registrations.register(ref)
      const ended = { ...result, watch: 'ended' as const, errorCode: endCode, endCode }
      await registrations.recordPoll(ref, ended, new Date())

      const row = await registrations.register(other)

      expect(row).toMatchObject({
        patient_id: 'patient-2',
        watch: 'open',
        last_error_code: null,
        end_code: null,
      })
      expect(await allRows(node)).toHaveLength(1)
    },
  )

  it('in another practice is another encounter', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await open(parts)
    await node.store.registrations.register(ref)

    expect(await node.store.registrations.register({ ...other, practiceId: 'p2' })).toMatchObject({
      patient_id: 'patient-2',
    })
  })

  it('twice leaves it as it is', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await open(parts)
    const { registrations } = node.store
    await registrations.register(ref)
    const failing = {
      ...result,
      errorCode: 'ehr_timeout',
      failureCount: 3,
      nextPollAt: new Date(Date.now() + dayMs),
    }
    await registrations.recordPoll(ref, failing, new Date())
    const [before] = await allRows(node)

    expect(await registrations.register(ref)).toEqual(before)
  })

  it('again after its watch ended begins from the start: it is not taken for a re-opened one', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await open(parts)
    const { registrations } = node.store
    await registrations.register(ref)
    const signed = { ...result, watch: 'signed' as const, watchUntil: new Date() }
    await registrations.recordPoll(ref, { ...signed, encounterStatus: 'finished' }, new Date())
    await sql`update registrations set registered_at = now() - interval '40 days'`.execute(
      node.database.db,
    )
    const ended = { ...result, watch: 'ended' as const, errorCode: 'ehr_timeout', failureCount: 7 }
    await registrations.recordPoll(ref, { ...ended, refusedSince: new Date() }, new Date())

    const row = await registrations.register(ref)

    expect(row).toMatchObject({
      watch: 'open',
      watch_until: null,
      failure_count: 0,
      refused_since: null,
      last_error_code: null,
      end_code: null,
      ended_at: null,
    })
    expect(Date.now() - (row as RegistrationRow).registered_at.getTime()).toBeLessThan(dayMs)
    expect(await registrations.claimDue(1000, 10)).toHaveLength(1)
  })
})

describe('a claim of a node that stops', () => {
  it('is released for the other nodes, unless the encounter was polled since', async () => {
    await using parts = new AsyncDisposableStack()
    const { registrations } = (await open(parts)).store
    await registrations.register(ref)
    const [claimed] = await registrations.claimDue(60_000, 10)
    const claimedAt = claimed?.claimed_at as Date
    expect(await registrations.claimDue(60_000, 10)).toEqual([])

    await registrations.releaseClaim(ref, claimedAt)
    const [again] = await registrations.claimDue(60_000, 10)
    expect(again).toMatchObject({ encounter_id: ref.encounterId })

    const nextPollAt = new Date(Date.now() + 60_000)
    await registrations.recordPoll(ref, { ...result, nextPollAt }, again?.claimed_at as Date)
    await registrations.releaseClaim(ref, claimedAt)
    expect(await registrations.claimDue(60_000, 10)).toEqual([])
  })
})

describe('a watch that a rule ended', () => {
  it('is listed with its reason until a person ends it, and is not polled', async () => {
    await using parts = new AsyncDisposableStack()
    const node = await open(parts)
    const { registrations } = node.store
    await registrations.register(ref)
    const ended = { ...result, watch: 'ended' as const, errorCode: 'encounter_unknown' }
    await registrations.recordPoll(ref, { ...ended, endCode: 'encounter_unknown' }, new Date())

    expect(await registrations.claimDue(1000, 10)).toEqual([])
    for (const rows of [
      await registrations.list(scope, page),
      await registrations.findByPatient(scope, 'patient-1'),
    ])
      expect(rows).toMatchObject([{ watch: 'ended', end_code: 'encounter_unknown' }])
    expect(await registrations.endByPatient(scope, 'patient-1')).toBe(1)
    expect(await registrations.list(scope, page)).toEqual([])
  })

  it('or a person is listed with who did it, for people of the practice, and begins again', async () => {
    await using parts = new AsyncDisposableStack()
    const { registrations } = (await open(parts)).store
    await registrations.register(ref)

    expect(await registrations.end({ practiceIds: ['p2'] }, ref, 'elsewhere')).toBeUndefined()
    expect(await registrations.end(scope, ref, 'J. Ruiz')).toMatchObject({
      watch: 'ended',
      ended_by: 'J. Ruiz',
    })
    expect(await registrations.end(scope, ref, 'Dr. Okafor')).toBeUndefined()
    // Nothing is polled any more, and a poll that was under way has no effect.
    await registrations.recordPoll(ref, result, new Date())
    expect(await registrations.claimDue(1000, 10)).toEqual([])
    expect(await registrations.list(scope, page)).toMatchObject([
      { watch: 'ended', ended_by: 'J. Ruiz', ended_at: expect.any(Date) },
    ])

    expect(await registrations.register(ref)).toMatchObject({ watch: 'open', ended_by: null })
  })

  it('as expected is not listed', async () => {
    await using parts = new AsyncDisposableStack()
    const { registrations } = (await open(parts)).store
    await registrations.register(ref)
    await registrations.recordPoll(ref, { ...result, watch: 'ended' }, new Date())

    expect(await registrations.list(scope, page)).toEqual([])
  })
})

it('counts what is watched by age and kind, a re-opened encounter from its signature', async () => {
  await using parts = new AsyncDisposableStack()
  const node = await open(parts)
  const { registrations } = node.store
  const { db } = node.database
  const add = async (encounterId: string, columns: string) => {
    await registrations.register({ ...ref, encounterId })
    await sql`update registrations set ${sql.raw(columns)} where encounter_id = ${encounterId}`.execute(
      db,
    )
  }
  await add('new', 'registered_at = now()')
  await add('a day old', `registered_at = now() - interval '1 day'`)
  await add('a week old', `registered_at = now() - interval '8 days'`)
  await add(
    're-opened',
    `registered_at = now() - interval '8 days', watch_until = now() + interval '23 hours'`,
  )
  await add('signed', `watch = 'signed', watch_until = now()`)
  await add('unknown', 'refused_since = now()')
  await add('ended', `watch = 'ended'`)

  expect(await registrations.countWatched(ageStepsMs, dayMs)).toEqual({
    open: [2, 1, 0, 1],
    signed: 1,
    refused: 1,
  })
})

it('lists how far a watched encounter is, and why it could not be read', async () => {
  await using parts = new AsyncDisposableStack()
  const { store, database } = await open(parts)
  await store.registrations.register(ref)
  await store.registrations.register({ ...ref, encounterId: 'e2' })
  await database.db
    .insertInto('encounters')
    .values({
      practice_id: 'p1',
      encounter_id: 'e2',
      patient_id: 'patient-1',
      processing: 'failed',
      run: 1,
      attempt_count: 4,
      error_reason: 'the EHR answered 403',
      completeness: '[]',
      detected_at: new Date(),
    })
    .execute()

  const listed = await store.registrations.list(scope, page)
  const ofPatient = await store.registrations.findByPatient(scope, 'patient-1')

  const states = [
    { encounter_id: 'e1', processing: null, error_reason: null },
    { encounter_id: 'e2', processing: 'failed', error_reason: 'the EHR answered 403' },
  ]
  expect(listed).toMatchObject(states)
  expect(ofPatient).toMatchObject(states)
})

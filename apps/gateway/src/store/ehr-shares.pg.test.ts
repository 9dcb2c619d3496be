import { randomUUID } from 'node:crypto'
import { type Kysely, type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/database/test-database.ts'
import { aRateShare } from '../../test/rate/a-rate-share.ts'
import { type Database, connectDatabase } from './database.ts'
import { ehrShareRows } from './ehr-shares.ts'
import type { Schema } from './schema.ts'
import type { ShareState } from '../fhir/rate/rate-share.ts'

const never = new AbortController().signal
const leaseMs = 60_000
const total = 15

let testDatabase: TestDatabase
let database: Database
let db: Kysely<Schema>

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  database = await connectDatabase(testDatabase.connection, { poolSize: 8, onError: () => {} })
  db = database.db
})
beforeEach(async () => {
  await db.deleteFrom('ehr_shares').execute()
  await db.deleteFrom('ehr_days').execute()
})
afterAll(async () => {
  await database.close()
  await testDatabase.drop()
})

const noRequests = { poll: 0, chart: 0, write: 0 }

/** As many slots as are free, up to `wanted`; `reserve` of the day. */
const claim =
  (wanted: number, reserve = noRequests) =>
  ({ others }: ShareState) => ({
    slots: Math.min(
      wanted,
      others.reduce((free, { slots }) => free - slots, total),
    ),
    reserve,
  })
const slotsOf = async (nodeId: string) =>
  (
    await db
      .selectFrom('ehr_shares')
      .select('slots')
      .where('node_id', '=', nodeId)
      .executeTakeFirst()
  )?.slots
const spent = async () =>
  (await db.selectFrom('ehr_days').selectAll().execute()).map((row) => row.spent)
/** What a node writes down when it dies: its lease ends. */
const endLeaseOf = (nodeId: string) =>
  db
    .updateTable('ehr_shares')
    .set({ expires_at: sql<Date>`clock_timestamp()` })
    .where('node_id', '=', nodeId)
    .execute()

describe('slots', () => {
  it('never sum up to more than there are, however many nodes renew at a time', async () => {
    const rows = ehrShareRows(db)
    const nodes = Array.from({ length: 8 }, () => randomUUID())
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        nodes.map((nodeId, index) => rows.renew(nodeId, leaseMs, claim((index * 7 + round) % 9))),
      )

      const { sum } = await db
        .selectFrom('ehr_shares')
        .select((eb) => eb.fn.sum<string>('slots').as('sum'))
        .executeTakeFirstOrThrow()
      expect(Number(sum)).toBeLessThanOrEqual(total)
      expect(Number(sum)).toBeGreaterThan(0)
    }
  })

  it('come back when the lease of a node has ended', async () => {
    const rows = ehrShareRows(db)
    const [dead, alive] = [randomUUID(), randomUUID()]
    await rows.renew(dead, leaseMs, claim(10))
    await rows.renew(alive, leaseMs, claim(15))
    expect(await slotsOf(alive)).toBe(5)

    await endLeaseOf(dead)
    await rows.renew(alive, leaseMs, claim(15))

    expect(await slotsOf(alive)).toBe(15)
    expect(await slotsOf(dead)).toBeUndefined()
  })

  it('are leased by the clock of the database', async () => {
    const nodeId = randomUUID()
    await ehrShareRows(db).renew(nodeId, leaseMs, claim(1))

    const { rows } = await sql<{ ok: boolean }>`
      select expires_at > clock_timestamp()
         and expires_at <= clock_timestamp() + ${leaseMs} * interval '1 millisecond' as ok
        from ehr_shares`.execute(db)

    expect(rows).toEqual([{ ok: true }])
  })

  it('stay as they were when a node changes its mind', async () => {
    const rows = ehrShareRows(db)
    const nodeId = randomUUID()
    await rows.renew(nodeId, leaseMs, claim(3))

    const refused = rows.renew(nodeId, leaseMs, () => {
      throw new Error('no')
    })

    await expect(refused).rejects.toThrow('no')
    expect(await slotsOf(nodeId)).toBe(3)
  })

  it('are not held up by a node that stops in the middle of a renewal', async () => {
    const resumed = Promise.withResolvers<void>()
    const isIn = Promise.withResolvers<void>()
    const stopsWhileItReads: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      async transformResult({ result }) {
        // The first statement with rows of ours: the lock is held.
        if (result.rows.some((row) => 'nodeId' in row)) {
          isIn.resolve()
          await resumed.promise
        }
        return result
      },
    }
    const other = randomUUID()
    await ehrShareRows(db).renew(other, leaseMs, claim(1))
    const stopped = ehrShareRows(db.withPlugin(stopsWhileItReads)).renew(
      randomUUID(),
      leaseMs,
      claim(14),
    )
    stopped.catch(() => undefined)
    await isIn.promise

    await ehrShareRows(db).renew(other, leaseMs, claim(15))
    resumed.resolve()

    await expect(stopped).rejects.toThrow()
    expect(await slotsOf(other)).toBe(15)
  })

  it('of a node that leaves are free, except those whose second is not over', async () => {
    const rows = ehrShareRows(db)
    const [leaving, left] = [randomUUID(), randomUUID()]
    await rows.renew(leaving, leaseMs, claim(10))
    await rows.renew(left, leaseMs, claim(1))
    const departure = { forMs: leaseMs, date: '2026-11-24', unused: noRequests }

    await rows.leave(leaving, { ...departure, slots: 4 })
    await rows.renew(left, leaseMs, claim(15))
    expect(await slotsOf(left)).toBe(11)

    await rows.leave(leaving, { ...departure, slots: 0 })
    await rows.renew(left, leaseMs, claim(15))
    expect(await slotsOf(left)).toBe(15)
  })

  it('of a node whose lease has ended do not come back when it leaves', async () => {
    const rows = ehrShareRows(db)
    const nodeId = randomUUID()
    await rows.renew(nodeId, leaseMs, claim(10))
    await endLeaseOf(nodeId)

    await rows.leave(nodeId, { slots: 4, forMs: leaseMs, date: '2026-11-24', unused: noRequests })

    const other = randomUUID()
    await rows.renew(other, leaseMs, claim(15))
    expect(await slotsOf(other)).toBe(15)
  })
})

describe("the day's requests", () => {
  it('are counted by the date that the database has, in GMT', async () => {
    const { date, dayEndsInMs } = await ehrShareRows(db).renew(randomUUID(), leaseMs, (state) => ({
      ...state,
      slots: 0,
      reserve: { poll: 2, chart: 4, write: 1 },
    }))

    const { rows } = await sql<{ day: string; rest: number }>`
      select day::text as day, extract(epoch from day + 1 - clock_timestamp() at time zone 'utc')::float8 * 1000 as rest
        from ehr_days where spent = 7 and polls = 2`.execute(db)
    expect(rows[0]?.day).toBe(date)
    expect(rows[0]?.rest).toBeLessThan(dayEndsInMs)
    expect(dayEndsInMs).toBeLessThanOrEqual(86_400_000)
  })

  it('of yesterday do not count', async () => {
    await sql`insert into ehr_days values ((clock_timestamp() at time zone 'utc')::date - 1, 900, 300)`.execute(
      db,
    )

    await ehrShareRows(db).renew(randomUUID(), leaseMs, ({ reserved, reservedPolls }) => {
      expect([reserved, reservedPolls]).toEqual([0, 0])
      return { slots: 0, reserve: noRequests }
    })
  })

  it('do not begin again with a restart', async () => {
    const store = ehrShareRows(db)
    const first = aRateShare({ store, perSecond: 10, perDay: 5 })
    const slots = await Promise.all(
      Array.from({ length: 5 }, () => first.budget.take('chart', never)),
    )
    for (const slot of slots) slot.release()
    await first.stop()

    const second = aRateShare({ store, perSecond: 10, perDay: 5 })

    await expect(second.budget.take('chart', never)).rejects.toMatchObject({
      code: 'ehr_quota_exhausted',
    })
    await second.stop()
    expect(await spent()).toEqual([5])
  })

  it('that a node reserved and did not use come back when it stops', async () => {
    const store = ehrShareRows(db)
    const share = aRateShare({ store, perSecond: 10, perDay: 1000 })
    const slot = await share.budget.take('chart', never)
    expect((await spent())[0]).toBeGreaterThan(1)

    slot.release()
    await share.stop()

    expect(await spent()).toEqual([1])
  })

  it('are never exceeded by nodes that ask at the same time', async () => {
    const store = ehrShareRows(db)
    const shares = Array.from({ length: 4 }, () =>
      aRateShare({ store, perSecond: 100, perDay: 40 }),
    )

    const outcomes = await Promise.all(
      shares.flatMap((share) =>
        Array.from({ length: 20 }, async () => {
          const slot = await share.budget.take('chart', never).catch(() => undefined)
          slot?.release()
          return slot !== undefined
        }),
      ),
    )

    expect(outcomes.filter(Boolean).length).toBeLessThanOrEqual(40)
    expect((await spent())[0]).toBeLessThanOrEqual(40)
    await Promise.all(shares.map((share) => share.stop()))
    expect(await spent()).toEqual([outcomes.filter(Boolean).length])
  })
})

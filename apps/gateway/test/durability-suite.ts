import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { admitEncounter } from '../src/intake/admit-encounter.ts'
import type { Job, Lease } from '../src/jobs/job.ts'
import type { EncounterJob } from '../src/pipeline/encounter-job.ts'
import { toWriteBackJob } from '../src/review/write-back-job.ts'
import type { DatabaseConnection } from '../src/store/database.ts'
import { leaseSeconds, type Node, openNode } from './database/node.ts'

interface SuiteDatabase extends AsyncDisposable {
  readonly connection: DatabaseConnection
}

const anEncounterJob = (encounterId: string, practiceId = 'p1'): EncounterJob => ({
  kind: 'encounter',
  practiceId,
  patientId: 'patient',
  encounterId,
  run: 1,
})
const refOf = ({ practiceId, patientId, encounterId }: Job) => ({
  practiceId,
  patientId,
  encounterId,
})
const names = (leases: readonly Lease[]) => leases.map((lease) => lease.job.encounterId)

async function admit({ store, queue }: Node, ...jobs: readonly EncounterJob[]): Promise<void> {
  for (const job of jobs) {
    const admission = { again: false, source: 'test' }
    await admitEncounter(refOf(job), admission, { store, queue })
  }
}

/** Simulates a worker whose last heartbeat is too old; the supervisor of any node returns the job to the queue. */
async function expireHeartbeats({ database }: Node): Promise<void> {
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'`.execute(
    database.db,
  )
}

async function untilLeased(take: () => Promise<readonly Lease[]>): Promise<Lease> {
  for (;;) {
    const [lease] = await take()
    if (lease !== undefined) return lease
  }
}

/** What must hold on every kind of database. */
export function describeDurability(name: string, open: () => Promise<SuiteDatabase>): void {
  describe(`on ${name}`, () => {
    it('a job is there when its rows are, and not when they are not', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      const { store, queue } = node

      await admit(node, anEncounterJob('kept'))
      const rolledBack = store.transaction('test', async (transaction) => {
        const { encounters } = transaction
        await encounters.transition(refOf(anEncounterJob('kept')), 'running', {}, 1)
        await queue.enqueue({ ...anEncounterJob('undone'), run: 2 }, transaction.db)
        throw new Error('undo')
      })

      await expect(rolledBack).rejects.toThrow('undo')
      expect(names(await queue.lease(10))).toEqual(['kept'])
      expect((await store.encounters.find(refOf(anEncounterJob('kept'))))?.processing).toBe(
        'queued',
      )
      expect(await store.events.after(0, 10)).toMatchObject([{ eventType: 'EncounterDetected' }])
    })

    it('a job is leased once, however many nodes ask at once; the same job is queued once', async () => {
      await using database = await open()
      await using one = await openNode(database.connection)
      await using other = await openNode(database.connection)
      const jobs = Array.from({ length: 60 }, (_, index) => anEncounterJob(`v${index}`))
      await admit(one, ...jobs)
      await one.store.transaction('test', (transaction) =>
        one.queue.enqueue(anEncounterJob('v0'), transaction.db),
      )

      const taken = await Promise.all(
        Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? one : other).queue.lease(10)),
      )
      const rest = await one.queue.lease(100)

      const leased = names([...taken.flat(), ...rest]).sort()
      expect(leased).toEqual(jobs.map((job) => job.encounterId).sort())
    })

    it('a dead worker’s lease returns, and what it still does has no effect on its successor', async () => {
      await using database = await open()
      await using zombie = await openNode(database.connection)
      await using successor = await openNode(database.connection)
      await admit(zombie, anEncounterJob('v'))
      const [old] = await zombie.queue.lease(1)
      if (old === undefined) throw new Error('nothing was leased')

      await expireHeartbeats(zombie)
      const lease = await untilLeased(() => successor.queue.lease(1))

      expect(await zombie.queue.touch([old])).toEqual([old])
      expect(await zombie.queue.release(old, 0)).toBe(false)
      expect(
        await zombie.store.transaction('test', (transaction) =>
          zombie.queue.settle(old, transaction.db),
        ),
      ).toBe(false)
      expect(await successor.queue.touch([lease])).toEqual([])
      expect(
        await successor.store.transaction('test', (transaction) =>
          successor.queue.settle(lease, transaction.db),
        ),
      ).toBe(true)
      expect(await successor.queue.countOpen()).toBe(0)
    })

    it('a released lease does not use up an attempt', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('v'))
      const attemptsLeft = async () => {
        const { rows } = await sql<{ left: number }>`
          select retry_limit - retry_count as left from pgboss.job where name = 'practice/p1'`.execute(
          node.database.db,
        )
        return rows[0]?.left
      }
      const [first] = await node.queue.lease(1)
      const before = await attemptsLeft()

      let lease = first
      for (let time = 0; time < 5; time += 1) {
        if (lease === undefined) throw new Error('nothing was leased')
        expect(await node.queue.release(lease, 0)).toBe(true)
        ;[lease] = await node.queue.lease(1)
      }

      expect(await attemptsLeft()).toBe(before)
    })

    it('what pg-boss would delete, expire or retry by itself is set on purpose, on every queue', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('v'))

      const { rows } = await sql<Record<string, unknown>>`
        select name, policy, retry_limit, retry_delay, retry_backoff, expire_seconds, retention_seconds, deletion_seconds,
               dead_letter, heartbeat_seconds, notify
          from pgboss.queue where name in ('practice/p1', 'abandoned') order by name`.execute(
        node.database.db,
      )
      const { rows: jobs } = await sql<Record<string, unknown>>`
        select keep_until > now() + interval '9 years' as kept, deletion_seconds, expire_seconds, heartbeat_seconds, dead_letter
          from pgboss.job where name = 'practice/p1'`.execute(node.database.db)

      const common = {
        policy: 'standard',
        retry_delay: 0,
        retry_backoff: false,
        expire_seconds: 43_200,
        retention_seconds: 315_360_000,
        deletion_seconds: 86_400,
        heartbeat_seconds: leaseSeconds,
        notify: false,
      }
      expect(rows).toEqual([
        { name: 'abandoned', ...common, retry_limit: 1_000_000, dead_letter: null },
        { name: 'practice/p1', ...common, retry_limit: 50, dead_letter: 'abandoned' },
      ])
      expect(jobs).toEqual([
        {
          kept: true,
          deletion_seconds: 86_400,
          expire_seconds: 43_200,
          heartbeat_seconds: leaseSeconds,
          dead_letter: 'abandoned',
        },
      ])
    })

    it('a job whose workers die again and again is held back, leased once to be recorded, and not queued again', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('poison'))
      await node.queue.lease(1)
      await sql`update pgboss.job set retry_count = retry_limit where name = 'practice/p1'`.execute(
        node.database.db,
      )

      await expireHeartbeats(node)
      const lease = await untilLeased(() => node.queue.leaseAbandoned(1))

      expect(lease.job).toEqual(anEncounterJob('poison'))
      expect(await node.queue.ensureJobs()).toBe(0)
      expect(await node.queue.leaseAbandoned(1)).toEqual([])
      expect(
        await node.store.transaction('test', (transaction) =>
          node.queue.settle(lease, transaction.db),
        ),
      ).toBe(true)
    })

    it('a practice with a long backlog does not keep another waiting', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(
        node,
        ...Array.from({ length: 40 }, (_, index) => anEncounterJob(`a${index}`, 'busy')),
      )
      await admit(node, anEncounterJob('b0', 'small'), anEncounterJob('b1', 'small'))

      const first = await node.queue.lease(4)

      expect(names(first).filter((one) => one.startsWith('b'))).toHaveLength(2)
    })

    it('a practice’s limit holds over all nodes together', async () => {
      await using database = await open()
      await using one = await openNode(database.connection, { practiceConcurrency: 3 })
      await using other = await openNode(database.connection, { practiceConcurrency: 3 })
      await admit(one, ...Array.from({ length: 20 }, (_, index) => anEncounterJob(`v${index}`)))

      const taken = await Promise.all(
        Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? one : other).queue.lease(5)),
      )

      expect(taken.flat()).toHaveLength(3)
    })

    it('what a person approved is leased before encounters', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('earlier'))
      await node.store.transaction('test', (transaction) =>
        node.queue.enqueue(
          toWriteBackJob(anEncounterJob('approved'), { workItemId: 'w', version: 1, run: 1 }),
          transaction.db,
        ),
      )

      const [first] = await node.queue.lease(1)

      expect(first?.job.kind).toBe('write_back')
    })

    it('an unfinished row without a job gets one, and only one', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await using other = await openNode(database.connection)
      await admit(node, anEncounterJob('has one'), anEncounterJob('lost its'))
      await sql`delete from pgboss.job where data->>'encounterId' = 'lost its'`.execute(
        node.database.db,
      )

      const made = await Promise.all([node.queue.ensureJobs(), other.queue.ensureJobs()])

      expect(made).toContain(1)
      expect(names(await node.queue.lease(10)).sort()).toEqual(['has one', 'lost its'])
    })

    it('a job that waits can be run now, a job under way cannot', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('v'))
      const [lease] = await node.queue.lease(1)
      if (lease === undefined) throw new Error('nothing was leased')
      await node.queue.release(lease, 3_600_000)
      const { db } = node.database

      expect(await node.queue.lease(1)).toEqual([])
      expect(await node.queue.runNow(lease.job, db)).toBe(true)
      expect(names(await node.queue.lease(1))).toEqual(['v'])
      expect(await node.queue.runNow(lease.job, db)).toBe(false)
    })

    it('each due registration is polled by one node at a time, by the database’s clock', async () => {
      await using database = await open()
      await using one = await openNode(database.connection)
      await using other = await openNode(database.connection)
      const refs = Array.from({ length: 30 }, (_, index) => refOf(anEncounterJob(`v${index}`)))
      for (const ref of refs) await one.store.registrations.register(ref)

      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          (index % 2 === 0 ? one : other).store.registrations.claimDue(60_000, 5),
        ),
      )

      const claimed = claims.flat().map((row) => row.encounter_id)
      expect(new Set(claimed).size).toBe(claimed.length)
      expect([...claimed, ...(await rest())].sort()).toEqual(
        refs.map((ref) => ref.encounterId).sort(),
      )

      async function rest() {
        const rows = await one.store.registrations.claimDue(60_000, 100)
        return rows.map((row) => row.encounter_id)
      }
    })

    it('events become visible in the order of their sequence, whoever writes them: a reader who resumes after n misses none', async () => {
      await using database = await open()
      await using one = await openNode(database.connection)
      await using other = await openNode(database.connection)
      const writers = 8
      const perWriter = 25
      const seen: number[] = []
      const writing = new AbortController()
      const reading = (async () => {
        for (;;) {
          const isLast = writing.signal.aborted
          const found = await one.store.events.after(seen.at(-1) ?? 0, 7)
          seen.push(...found.map((event) => event.sequence))
          if (isLast && found.length === 0) return
        }
      })()

      await Promise.all(
        Array.from({ length: writers }, async (_, writer) => {
          const { store } = writer % 2 === 0 ? one : other
          for (let turn = 0; turn < perWriter; turn += 1) {
            await store.transaction('test', async (transaction) => {
              const ref = { practiceId: 'p1', patientId: 'x', encounterId: `v${writer}-${turn}` }
              transaction.emit(ref, 'EncounterReopened', {})
              await transaction.sessions.deleteExpired(new Date(0))
            })
          }
        }),
      )
      writing.abort()
      await reading

      const all = await one.store.events.after(0, 10_000)
      expect(all).toHaveLength(writers * perWriter)
      expect(seen).toEqual(all.map((event) => event.sequence))
    })

    it('old events are deleted by age and by count; bounds say where the log begins', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      const { events } = node.store
      const append = (timestamp: string) =>
        events.append([
          {
            eventType: 'EncounterReopened',
            practiceId: 'p1',
            correlationId: 'enc-v',
            timestamp,
            source: 'test',
            data: { encounterId: 'v', patientId: 'x' },
          },
        ])
      await append('2020-01-01T00:00:00Z')
      for (let turn = 0; turn < 5; turn += 1) await append(new Date().toISOString())

      expect(await node.store.events.forget({ days: 30, count: 1000 })).toBe(1)
      expect(await node.store.events.forget({ days: 30, count: 3 })).toBe(2)
      expect(await node.store.events.bounds()).toEqual({ first: 4, last: 6 })
      expect(await node.store.events.forget({ days: 30, count: 0 })).toBe(3)
      expect(await node.store.events.bounds()).toEqual({ first: 7, last: 6 })
    })

    it('connections that are cut are opened again by themselves', async () => {
      await using database = await open()
      await using node = await openNode(database.connection)
      await admit(node, anEncounterJob('v'))
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
        node.database.db,
      )

      await sql`select pg_terminate_backend(pid) from unnest(${rows.map((row) => row.pid)}::int[]) as pid`.execute(
        node.database.db,
      )
      const lease = await untilLeased(() => node.queue.lease(1).catch(() => []))

      expect(await node.queue.touch([lease])).toEqual([])
    })

    it('a pool that is full delays, and costs no lease', async () => {
      await using database = await open()
      await using node = await openNode(database.connection, { poolSize: 2 })
      await admit(node, anEncounterJob('v'), anEncounterJob('w'))
      const [lease] = await node.queue.lease(1)
      if (lease === undefined) throw new Error('nothing was leased')
      const release = Promise.withResolvers<void>()
      const blockers = [1, 2].map(() =>
        node.store.transaction('test', async (transaction) => {
          await transaction.encounters.find(refOf(anEncounterJob('v')))
          await release.promise
        }),
      )
      const waiting = node.store.encounters.find(refOf(anEncounterJob('w')))

      // Heartbeats have connections of their own.
      expect(await node.queue.touch([lease])).toEqual([])
      release.resolve()
      await Promise.all(blockers)

      expect((await waiting)?.encounter_id).toBe('w')
    })

    it('nodes that start at once on an empty database agree on its schema', async () => {
      await using database = await open()

      const nodes = await Promise.all([1, 2, 3].map(() => openNode(database.connection)))
      await admit(nodes[0] as Node, anEncounterJob('v'))

      expect(names(await (nodes[2] as Node).queue.lease(1))).toEqual(['v'])
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
    })
  })
}

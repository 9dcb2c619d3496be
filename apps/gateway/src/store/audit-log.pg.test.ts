import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Node, openNode } from '../../test/database/node.ts'
import { createTestDatabase, type TestDatabase } from '../../test/database/test-database.ts'
import type { AuditedRequest } from './audit-scope.ts'
import { type ChainedRow, hashOf } from './audit-chain.ts'
import { verifyAudit } from './audit-verification.ts'

let database: TestDatabase
let node: Node
const opened: AsyncDisposable[] = []

async function openTrail(): Promise<void> {
  database = await createTestDatabase()
  node = await openNode(database.connection)
  opened.push(database, node)
}

beforeEach(openTrail)

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]()
})

const aRequest = (
  label: string | null = 'J. Ruiz',
  action: AuditedRequest['action'] = 'change',
): AuditedRequest => ({
  actor: {
    personId: null,
    label,
    roles: ['staff'],
    address: '192.0.2.7',
    requestId: 'r-1',
  },
  action,
  operation: 'changeAnswer',
  isRecorded: false,
})

const subject = (number: number) => ({
  practiceId: 'p1',
  patientId: `pat-${number}`,
  encounterId: `e-${number}`,
  workItemId: `wi-${number}`,
})

const record = (number: number, audited = aRequest()) =>
  node.store.record(audited, { subjects: [subject(number)] })

/** As somebody does who may change everything in the database. */
async function tamper(...statements: readonly string[]): Promise<void> {
  const { db } = node.database
  await db.connection().execute(async (one) => {
    await sql`set session_replication_role = replica`.execute(one)
    for (const statement of statements) await sql.raw(statement).execute(one)
    await sql`set session_replication_role = default`.execute(one)
  })
}

const verify = async (anchor?: { sequence: number; hash: string }) =>
  verifyAudit(node.store.audit, anchor)

const rowAt = async (sequence: number): Promise<ChainedRow> => {
  const [row] = await node.store.audit.chained(sequence - 1, 1)
  if (row === undefined) throw new Error(`there is no row ${sequence}`)
  return row
}

async function addRows(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await record(number)
}

describe('the audit trail', () => {
  it('is one chain without gaps, whatever commits at once', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, number) =>
        number % 6 === 5
          ? node.store
              .transaction('test', async () => {
                throw new Error('given up')
              })
              .catch(() => undefined)
          : record(number),
      ),
    )

    expect(await verify()).toMatchObject({ rowCount: 50, first: 1, faults: [] })
    expect((await verify()).last.sequence).toBe(50)
  })

  it('hashes here what the database hashes, with text of every kind', async () => {
    const texts = ['', ',', '-', '3:abc', 'Łukasz 李 😀', '"quoted" \\ \n\t', '{a,NULL}', 'null']
    for (const text of texts)
      await node.store.record(
        { ...aRequest(text), operation: text },
        {
          subjects: texts.map((id) => ({ practiceId: text, patientId: id })),
          detail: text,
        },
      )

    expect(await verify()).toMatchObject({ rowCount: texts.length, faults: [] })
    expect((await rowAt(5)).patientIds).toEqual(texts.toSorted((a, b) => (a < b ? -1 : 1)))
  })

  it('has no row of a transaction that failed', async () => {
    const { auditScope } = node.store

    await expect(
      auditScope.run(aRequest(), () =>
        node.store.transaction('test', async (transaction) => {
          transaction.acted({ subjects: [subject(1)] })
          throw new Error('given up')
        }),
      ),
    ).rejects.toThrow('given up')

    expect(await verify()).toMatchObject({ rowCount: 0, faults: [] })
  })

  it('undoes the change when its row cannot be written', async () => {
    await tamper('drop function append_audit')

    await expect(
      node.store.auditScope.run(aRequest(), () =>
        node.store.transaction('test', async (transaction) => {
          await transaction.registrations.register({
            practiceId: 'p1',
            patientId: 'pat-1',
            encounterId: 'e-1',
          })
          transaction.acted({ subjects: [subject(1)] })
        }),
      ),
    ).rejects.toThrow()

    expect(await node.store.registrations.findByPatient({ practiceIds: ['p1'] }, 'pat-1')).toEqual(
      [],
    )
  })

  it('records what a job did for whoever asked for it, and nothing of a job that nobody asked for', async () => {
    await node.store.transaction('test', async (transaction) => {
      transaction.acted({ subjects: [subject(1)] })
      transaction.actedFor({ label: 'Dr. Reyes' }, { action: 'send', subjects: [subject(2)] })
    })

    expect(await node.store.audit.chained(0, 10)).toMatchObject([
      { label: 'Dr. Reyes', action: 'send', operation: null, patientIds: ['pat-2'] },
    ])
  })

  it.each([
    `update audit_log set label = 'somebody else'`,
    'delete from audit_log',
    'truncate audit_log',
    'delete from audit_chain',
    `update audit_chain set last_sequence = 0, last_hash = ''`,
  ])('is append-only: %s is refused', async (statement) => {
    await addRows(2)

    await expect(sql.raw(statement).execute(node.database.db)).rejects.toThrow(
      'the audit trail is append-only',
    )
    expect(await verify()).toMatchObject({ rowCount: 2, faults: [] })
  })
})

describe('views', () => {
  const view = (number: number, label = 'J. Ruiz') =>
    node.store.record(aRequest(label, 'view'), { subjects: [subject(number)], oncePerMinute: true })

  it('are one row a person a chart a minute, also of many requests at once and of two nodes', async () => {
    // A minute may end while this runs, so the rows of each minute are counted.
    await using second = await openNode(database.connection)
    const audited = () => aRequest('J. Ruiz', 'view')

    await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        (number % 2 === 0 ? node : second).store.record(audited(), {
          subjects: [subject(1), subject(2)],
          oncePerMinute: true,
        }),
      ),
    )

    const rows = await node.store.audit.chained(0, 100)
    const seen = rows.flatMap(({ occurredAt, encounterIds }) =>
      encounterIds.map((encounterId) => `${occurredAt.slice(0, 16)} ${encounterId}`),
    )
    expect(new Set(seen).size).toBe(seen.length)
    expect(new Set(rows.flatMap(({ patientIds }) => patientIds))).toEqual(
      new Set(['pat-1', 'pat-2']),
    )
  })

  it('are counted by person and by chart', async () => {
    await view(1)
    await view(2)
    await view(1, 'Dr. Reyes')

    expect(await node.store.audit.chained(0, 10)).toHaveLength(3)
  })
})

describe('refusals', () => {
  const unknown = (address: string): AuditedRequest => ({
    actor: { personId: null, label: null, roles: [], address, requestId: 'r' },
    action: 'sign_in',
    operation: 'signIn',
    isRecorded: false,
  })
  const refuse = (audited: AuditedRequest) =>
    node.store.record(audited, { outcome: 'refused', detail: 'sign_in_refused' })

  /** They are counted by the hour of the database. If that ends meanwhile, the count begins again, and so does this. */
  async function withinAnHour(work: () => Promise<void>): Promise<void> {
    const hourNow = async () => {
      const { rows } = await sql<{
        hour: string
      }>`select date_trunc('hour', now())::text as hour`.execute(node.database.db)
      return rows[0]?.hour
    }
    for (;;) {
      const hour = await hourNow()
      await work()
      if ((await hourNow()) === hour) return
      await openTrail()
    }
  }

  it('are a row at the first, the tenth and the hundredth in an hour', async () => {
    await withinAnHour(async () => {
      for (let number = 0; number < 120; number += 1) await refuse(unknown('198.51.100.7'))
    })

    const rows = await node.store.audit.chained(0, 100)
    expect(rows.map(({ count, outcome }) => [count, outcome])).toEqual([
      [1, 'refused'],
      [10, 'refused'],
      [100, 'refused'],
    ])
  })

  it('of many addresses are counted together, so that nobody can fill the trail', async () => {
    const addresses = Array.from({ length: 1500 }, (_, number) =>
      // A /64 of IPv6 counts as one address.
      number % 2 === 0
        ? `198.51.${Math.floor(number / 250)}.${number % 250}`
        : `2001:db8::${number.toString(16)}`,
    )

    await withinAnHour(async () => {
      for (const address of addresses) await refuse(unknown(address))
    })

    const rows = await node.store.audit.chained(0, 5000)
    expect(rows.length).toBeLessThan(520)
    expect(rows.at(-1)).toMatchObject({ address: null, label: null, count: 100 })
  }, 180_000)

  it('of a known person are counted by person and operation', async () => {
    await withinAnHour(async () => {
      for (let number = 0; number < 12; number += 1) {
        await refuse(aRequest('J. Ruiz'))
        await refuse(aRequest('Dr. Reyes'))
      }
    })

    const rows = await node.store.audit.chained(0, 100)
    expect(rows.map(({ label, count }) => `${label} ${count}`).toSorted()).toEqual([
      'Dr. Reyes 1',
      'Dr. Reyes 10',
      'J. Ruiz 1',
      'J. Ruiz 10',
    ])
  })
})

describe('verification', () => {
  beforeEach(() => addRows(9))

  it.each([
    {
      name: 'a changed row',
      statements: [`update audit_log set label = 'nobody' where sequence = 4`],
      faults: [{ kind: 'changed', sequence: 4 }],
    },
    {
      name: 'a time that was moved by a millionth of a second',
      statements: [
        `update audit_log set occurred_at = occurred_at + interval '1 microsecond' where sequence = 4`,
      ],
      faults: [{ kind: 'changed', sequence: 4 }],
    },
    {
      name: 'a missing row',
      statements: ['delete from audit_log where sequence in (3, 4, 7)'],
      faults: [
        { kind: 'missing', from: 3, to: 4 },
        { kind: 'missing', from: 7, to: 7 },
      ],
    },
    {
      name: 'two rows that changed places',
      statements: [
        'update audit_log set sequence = 100 where sequence = 3',
        'update audit_log set sequence = 3 where sequence = 6',
        'update audit_log set sequence = 6 where sequence = 100',
      ],
      faults: [
        { kind: 'reordered', sequence: 3, was: 6 },
        { kind: 'reordered', sequence: 6, was: 3 },
      ],
    },
    {
      name: 'a row that was deleted, and the next ones moved up',
      statements: [
        'delete from audit_log where sequence = 8',
        'update audit_log set sequence = 8 where sequence = 9',
      ],
      faults: [
        { kind: 'changed', sequence: 8 },
        { kind: 'truncated', from: 9, to: 9 },
      ],
    },
    {
      name: 'the newest rows that are gone',
      statements: ['delete from audit_log where sequence > 7'],
      faults: [{ kind: 'truncated', from: 8, to: 9 }],
    },
    {
      name: 'the oldest rows that are gone, with a mark of retention that no row records',
      statements: [
        `update audit_chain set removed_sequence = 2, removed_hash = (select hash from audit_log where sequence = 2)`,
        'delete from audit_log where sequence <= 2',
      ],
      faults: [{ kind: 'missing', from: 1, to: 2 }],
    },
    {
      name: 'everything that is gone',
      statements: ['delete from audit_log'],
      faults: [{ kind: 'truncated', from: 1, to: 9 }],
    },
  ])('finds $name', async ({ statements, faults }) => {
    await tamper(...statements)

    expect((await verify()).faults).toEqual(faults)
  })

  it('finds a changed row whose hash was computed again', async () => {
    const row = { ...(await rowAt(4)), patientIds: ['somebody-else'] }

    await tamper(
      `update audit_log set patient_ids = '{somebody-else}', hash = '${hashOf(row)}' where sequence = 4`,
    )

    expect((await verify()).faults).toEqual([{ kind: 'replaced', sequence: 4 }])
  })

  it('finds by an anchor that the whole end was written again', async () => {
    const anchor = (await verify()).last
    let previousHash = (await rowAt(7)).hash
    const statements: string[] = []
    for (const sequence of [8, 9]) {
      const row = { ...(await rowAt(sequence)), label: 'nobody', previousHash }
      const hash = hashOf(row)
      statements.push(
        `update audit_log set label = 'nobody', previous_hash = '${previousHash}', hash = '${hash}' where sequence = ${sequence}`,
      )
      previousHash = hash
    }
    await tamper(...statements, `update audit_chain set last_hash = '${previousHash}'`)

    expect((await verify()).faults).toEqual([])
    expect(await verify(anchor)).toMatchObject({
      anchor: 'different',
      faults: [{ kind: 'replaced', sequence: 9 }],
    })
  })

  it('finds by an anchor that the newest rows are gone, also where the database says nothing of them', async () => {
    const anchor = (await verify()).last

    await tamper(
      'delete from audit_log where sequence > 6',
      `update audit_chain set last_sequence = 6, last_hash = (select hash from audit_log where sequence = 6)`,
    )

    expect((await verify()).faults).toEqual([])
    expect(await verify(anchor)).toMatchObject({
      anchor: 'different',
      faults: [{ kind: 'truncated', from: 7, to: 9 }],
    })
  })
})

describe('retention', () => {
  /** Rows of a day, as if they had been written then. */
  async function addOldRows(count: number, daysAgo: number): Promise<void> {
    const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 19)
    for (let index = 0; index < count; index += 1) {
      await record(index)
      const { last } = await node.store.audit.chain()
      const row = { ...(await rowAt(last.sequence)), occurredAt: `${at}.000000Z` }
      const hash = hashOf(row)
      await tamper(
        `update audit_log set occurred_at = '${at}Z', hash = '${hash}' where sequence = ${row.sequence}`,
        `update audit_chain set last_hash = '${hash}'`,
      )
    }
  }

  it('removes old rows and says so, and the rest still verifies', async () => {
    await addOldRows(3, 40)
    await addOldRows(2, 20)
    const anchor = (await verify()).last

    expect(await node.store.audit.forget({ days: 30 })).toBe(3)
    expect(await node.store.audit.forget({ days: 30 })).toBe(0)

    expect(await verify(anchor)).toMatchObject({
      rowCount: 3,
      first: 4,
      faults: [],
      anchor: 'found',
    })
    expect(await rowAt(6)).toMatchObject({ action: 'retention', count: 3, label: null })
    await record(1)
    expect(await node.store.audit.forget({ days: 10 })).toBe(2)
    expect((await verify()).faults).toEqual([])
    expect((await verify(anchor)).anchor).toBe('found')
    expect((await verify({ sequence: 2, hash: anchor.hash })).anchor).toBe('removed')
  })

  it('removes nothing that is not old enough, and continues after everything is gone', async () => {
    await addOldRows(2, 40)

    expect(await node.store.audit.forget({ days: 50 })).toBe(0)
    expect(await node.store.audit.forget({ days: 30 })).toBe(2)
    await record(1)

    expect(await verify()).toMatchObject({ rowCount: 2, first: 3, faults: [] })
  })
})

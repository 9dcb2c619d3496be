import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { openNode } from '../../test/database/node.ts'
import { createTestDatabase, type TestDatabase } from '../../test/database/test-database.ts'
import { connectDatabase } from './database.ts'
import { defaultSessionLimits, type SessionLimits, withSessionLimits } from './session-limits.ts'
import { createStore, type Store } from './store.ts'

const event = {
  eventType: 'EncounterReopened' as const,
  practiceId: 'p1',
  correlationId: 'enc-v',
  timestamp: '2026-11-24T00:00:00Z',
  source: 'test',
  data: { encounterId: 'v', patientId: 'x' },
}

async function openDatabase(
  parts: AsyncDisposableStack,
  { connection }: TestDatabase,
  limits: SessionLimits = defaultSessionLimits,
) {
  const database = await connectDatabase(connection, {
    poolSize: 2,
    onError: () => undefined,
    limits,
  })
  parts.defer(() => database.close())
  return database
}

/**
 * A node that takes the lock under which events are numbered, and then freezes. `wake` returns what happens when it continues.
 *
 * @param idleMs how long it may then be idle, if not for as long as usual: with such a limit from the beginning, a busy machine loses its
 *   session before it has the lock
 */
async function freezeWithEventLock(
  parts: AsyncDisposableStack,
  test: TestDatabase,
  idleMs: number = defaultSessionLimits.idleInTransactionMs,
) {
  const { db } = await openDatabase(parts, test)
  const isFrozen = Promise.withResolvers<void>()
  const resumed = Promise.withResolvers<void>()
  const transaction = db.transaction().execute(async (trx) => {
    await sql`select append_events(${JSON.stringify([event])}::jsonb)`.execute(trx)
    await sql`set local idle_in_transaction_session_timeout = ${sql.lit(idleMs)}`.execute(trx)
    isFrozen.resolve()
    await resumed.promise
    await sql`select 1`.execute(trx)
  })
  transaction.catch(() => undefined)
  await isFrozen.promise
  return {
    wake(): Promise<void> {
      resumed.resolve()
      return transaction
    },
  }
}

const ref = { practiceId: 'p1', patientId: 'x', encounterId: 'v' }
const appendEvent = (store: Store) => store.emit('test', ref, 'EncounterReopened', {})

describe('a node that freezes inside a transaction with the event lock', () => {
  it('does not stop another for longer than its limit, and what it had begun did not happen', async () => {
    await using parts = new AsyncDisposableStack()
    const test = parts.use(await createTestDatabase())
    const frozen = await freezeWithEventLock(parts, test, 300)
    const store = createStore((await openDatabase(parts, test)).db, {
      clock: systemClock,
      jobKinds: [],
    })

    await appendEvent(store)

    expect(await store.events.after(0, 10)).toHaveLength(1)
    await expect(frozen.wake()).rejects.toMatchObject({
      code: 'database_unavailable',
      kind: 'transient',
    })
    expect(await store.events.after(0, 10)).toHaveLength(1)
  })

  it('lets others try again where they cannot wait any longer', async () => {
    await using parts = new AsyncDisposableStack()
    const test = parts.use(await createTestDatabase())
    const frozen = await freezeWithEventLock(parts, test)
    const { db } = await openDatabase(parts, test, { ...defaultSessionLimits, lockMs: 100 })

    await expect(
      appendEvent(createStore(db, { clock: systemClock, jobKinds: [] })),
    ).rejects.toMatchObject({
      code: 'database_unavailable',
      kind: 'transient',
    })

    await frozen.wake()
    await appendEvent(createStore(db, { clock: systemClock, jobKinds: [] }))
  })
})

it('a statement that takes too long is given up, and may be tried again', async () => {
  await using parts = new AsyncDisposableStack()
  const test = parts.use(await createTestDatabase())
  // What it asks at the beginning is within the limit too.
  const { db } = await openDatabase(parts, test, { ...defaultSessionLimits, statementMs: 2000 })

  await expect(sql`select pg_sleep(60)`.execute(db)).rejects.toMatchObject({
    code: 'database_unavailable',
    kind: 'transient',
  })
})

it('a session waits longer for a lock than a frozen node can hold it', () => {
  const { idleInTransactionMs, lockMs, statementMs } = defaultSessionLimits

  expect(lockMs).toBeGreaterThan(idleInTransactionMs)
  expect(statementMs).toBeGreaterThan(lockMs)
})

describe('the limits', () => {
  it('are asked for on every connection of a node, those of its queue and its listener too', async () => {
    await using parts = new AsyncDisposableStack()
    const test = parts.use(await createTestDatabase())
    const { host, port, user, database } = test.connection
    const greetings = new Map<string, string>()
    const path = host.startsWith('/') ? `${host}/.s.PGSQL.${port}` : undefined
    const proxy = createServer((client) => {
      const server = path === undefined ? connect(port, host) : connect(path)
      client.once('data', (first) => {
        const words = first.toString('latin1', 8).split('\0')
        const valueOf = (name: string) => words[words.indexOf(name) + 1] ?? ''
        greetings.set(valueOf('application_name'), valueOf('options'))
        server.write(first)
        client.pipe(server)
      })
      server.pipe(client)
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const)
        one.on('error', () => other.destroy()).on('close', () => other.destroy())
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    parts.defer(() => void proxy.close())
    const through = {
      connectionString: `postgres://${user}@127.0.0.1:${(proxy.address() as AddressInfo).port}/${database}?sslmode=disable`,
    }

    const node = parts.use(await openNode(through))
    const listener = await node.database.connectListener()
    await listener.end()

    expect([...greetings.keys()].toSorted()).toEqual([
      'authscript-gateway',
      'authscript-gateway-jobs',
      'authscript-gateway-listener',
    ])
    for (const options of greetings.values()) {
      expect(options).toContain('-c idle_in_transaction_session_timeout=15000')
      expect(options).toContain('-c lock_timeout=30000')
      expect(options).toContain('-c statement_timeout=300000')
      expect(options).toContain('-c tcp_keepalives_idle=30')
    }
  })

  it('are in force on the server', async () => {
    await using parts = new AsyncDisposableStack()
    const test = parts.use(await createTestDatabase())
    const { db } = await openDatabase(parts, test)

    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings
       where name in ('idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout') order by name`.execute(
      db,
    )

    expect(rows.map(({ setting }) => Number(setting))).toEqual([15_000, 30_000, 300_000])
  })

  it('give way to what the operator’s URL says, which keeps its other parameters', () => {
    const { options, ...rest } = withSessionLimits({
      connectionString: 'postgres://u:p%40@h/db?options=-c%20lock_timeout%3D5&sslmode=require',
    })

    expect(options).toMatch(/lock_timeout=30000 .*-c lock_timeout=5$/)
    expect(rest).toMatchObject({ connectionString: 'postgres://u:p%40@h/db?sslmode=require' })
  })
})

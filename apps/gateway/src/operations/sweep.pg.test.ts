import { expect, it } from 'vitest'
import { openNode } from '../../test/database/node.ts'
import { createTestDatabase } from '../../test/database/test-database.ts'
import { systemClock } from '../clock.ts'
import { createLog } from '../log.ts'
import type { Store } from '../store/store.ts'
import { sweepHourly } from './sweep.ts'

const hourMs = 3_600_000

/** Sweeps once. */
async function sweep(store: Store, ensureJobs: () => Promise<number>): Promise<string> {
  const stopping = new AbortController()
  let text = ''
  let hours = 0
  await sweepHourly(
    {
      store,
      retention: { days: 30, count: 1000 },
      chartRetention: { days: 30 },
      auditRetention: { days: 30 },
      webhookRetention: { days: 30 },
      ensureJobs,
      clock: {
        ...systemClock,
        async sleep() {
          hours += 1
          if (hours > 1) stopping.abort()
        },
      },
      log: createLog({
        level: 'info',
        pretty: false,
        stream: { write: (line) => void (text += line) },
      }),
    },
    stopping.signal,
  )
  return text
}

it('deletes the links and sessions that have expired, and no other', async () => {
  await using database = await createTestDatabase()
  await using node = await openNode(database.connection)
  const { sessions, signInLinks } = node.store
  const grant = { label: 'Desk', roles: ['staff'] as const, practiceIds: ['p1'] }
  const inHours = (hours: number) => new Date(Date.now() + hours * hourMs)
  for (const rows of [sessions, signInLinks]) {
    await rows.create('expired', { ...grant, expiresAt: inHours(-1) })
    await rows.create('valid', { ...grant, expiresAt: inHours(1) })
  }

  await sweep(node.store, async () => 0)

  const { db } = node.database
  for (const table of ['sessions', 'sign_in_links'] as const)
    expect(await db.selectFrom(table).select('token_sha256').execute()).toEqual([
      { token_sha256: 'valid' },
    ])
})

it('queues missing jobs although another step fails, and says which', async () => {
  await using database = await createTestDatabase()
  await using node = await openNode(database.connection)
  let asked = 0
  const store = {
    ...node.store,
    charts: { ...node.store.charts, forget: () => Promise.reject(new Error('no space')) },
  }

  const log = await sweep(store, async () => {
    asked += 1
    return 2
  })

  expect(asked).toBe(1)
  const lines = log.split('\n').filter((line) => line !== '')
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ level: 'warn', reason: 'charts' }),
    expect.objectContaining({ level: 'info', sequence: 0 }),
    expect.objectContaining({ level: 'error', count: 2 }),
  ])
})

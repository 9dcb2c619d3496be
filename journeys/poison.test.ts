import { expect, it } from 'vitest'
import { onServer } from '../apps/gateway/test/database/template-database.ts'
import { ChaosWorld } from '../tools/chaos/chaos-world.ts'
import { waitUntil } from '../tools/chaos/wait-until.ts'

interface Row {
  readonly encounter_id: string
  readonly processing: string
  readonly error_code: string | null
}

it('an encounter that kills every process working on it is set aside after the second death, and the others are processed', {
  timeout: 300_000,
}, async () => {
  await using world = await ChaosWorld.create({ seed: 1, encounterCount: 6 })
  const poison = 'a-195900.E-100002'
  let deaths = 0
  const stopping = new AbortController()
  // Restarts the gateway, as a supervisor does in production.
  const supervisor = (async () => {
    while (!stopping.signal.aborted) {
      const gateway = world.start({ poison })
      await gateway.ended
      if (!stopping.signal.aborted) deaths += 1
    }
  })()
  await world.register(6)

  const rows = await waitUntil(
    'every encounter is processed or set aside',
    async () => {
      const found = await onServer(
        world.ownDatabase,
        async (client) =>
          (await client.query('select encounter_id, processing, error_code from encounters'))
            .rows as Row[],
      ).catch(() => [])
      const isDone = found.every((row) => ['processed', 'failed'].includes(row.processing))
      return found.length === 6 && isDone ? found : undefined
    },
    240_000,
  )
  stopping.abort()
  await world[Symbol.asyncDispose]()
  await supervisor

  expect(rows.filter((row) => row.processing === 'failed')).toEqual([
    { encounter_id: 'chaos-encounter-2', processing: 'failed', error_code: 'worker_crashed' },
  ])
  // The second death is that of a process that works on nothing else.
  expect(deaths).toBe(1)
})

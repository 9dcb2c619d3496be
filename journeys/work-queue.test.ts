import type { QueuePage, QueueSummary } from '@authscript/prior-auth'
import { expect, it } from 'vitest'
import { anEncounter, startWorld } from './world.ts'

it('a signed encounter is in the work queue, as people know its order', async () => {
  await using world = await startWorld()
  const { sign, eventOf, ask } = world
  await sign(anEncounter(1001, 60178))
  await eventOf((event) => event.eventType === 'EncounterProcessed')
  const read = async (path: string) => (await ask(path)).json()

  const { items, total } = (await read('/api/work-queue?q=marchetti+72148')) as QueuePage

  expect(total).toBe(1)
  expect(items).toMatchObject([
    {
      stage: 'ready_to_sign',
      patientName: expect.stringContaining('Marchetti'),
      payerName: 'Prairie Health Plan',
      planName: 'Preferred PPO',
      memberId: 'PHP60178442',
      providerName: expect.stringContaining('Okafor'),
      procedureCode: '72148',
      owner: null,
    },
  ])
  expect(((await read('/api/work-queue/summary')) as QueueSummary).views).toMatchObject({
    ready_to_sign: 1,
    open: 1,
  })
})

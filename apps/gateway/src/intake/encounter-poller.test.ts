import { FakeClock } from '@authscript/orchestrator'
import { describe, expect, it } from 'vitest'
import { inMemory, registered } from '../../test/rate/a-day.ts'
import { VirtualClock } from '../../test/rate/virtual-clock.ts'
import { createLog } from '../log.ts'
import { EhrForbiddenError } from '../fhir/fhir-errors.ts'
import { EncounterPoller, type EncounterStatusSource } from './encounter-poller.ts'

/** A poller of one registration, and what it did. */
function aPoller(readEncounterStatus: EncounterStatusSource['readEncounterStatus']) {
  const time = new FakeClock()
  const clock = new VirtualClock(time)
  const rows = new Map([['e1', registered('e1')]])
  const budget = {
    pollsLeft: { requests: 1000, ms: 3_600_000 },
    pollsPerDay: 1000,
    arePollsAhead: false,
  }
  const admitted: string[] = []
  let asked = 0
  const lines: string[] = []
  const poller = new EncounterPoller({
    registrations: inMemory(rows, () => clock.now()),
    budget,
    ehr: {
      readEncounterStatus(ref, signal) {
        asked += 1
        return readEncounterStatus(ref, signal)
      },
    },
    admit: async ({ encounterId }) => admitted.push(encounterId),
    reopen: async () => undefined,
    intervals: {
      openMs: 5000,
      signedMs: 300_000,
      reopenWatchMs: 86_400_000,
      maxBackoffMs: 60_000,
      maxRefusedBackoffMs: 900_000,
      maxRefusedMs: 86_400_000,
      maxOpenMs: 30 * 86_400_000,
    },
    maxConcurrentPolls: 5,
    clock,
    log: createLog({ level: 'info', pretty: false, stream: { write: (line) => lines.push(line) } }),
  })
  poller.start()
  return {
    poller,
    time,
    budget,
    admitted,
    lines,
    row: () => rows.get('e1'),
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      const stopped = poller.stop()
      await time.advance(0)
      await stopped
    },
  }
}

describe('the poller', () => {
  it('ends the watch over another patient’s encounter before anything is admitted', async () => {
    await using world = aPoller(async () => ({ status: 'finished', isOtherPatient: true }))

    await world.time.advance(60_000)

    expect(world.admitted).toEqual([])
    expect(world.asked()).toBe(1)
    expect(world.row()).toMatchObject({
      watch: 'ended',
      encounter_status: null,
      last_error_code: 'ehr_wrong_patient',
      end_code: 'ehr_wrong_patient',
    })
    expect(world.lines.join('')).toContain('"code":"ehr_wrong_patient"')
  })

  it.each([
    { what: 'does not know', read: async () => undefined, code: 'encounter_unknown' },
    {
      what: 'does not let us read',
      read: () => Promise.reject(new EhrForbiddenError('no')),
      code: 'ehr_forbidden',
    },
  ])(
    'asks about an encounter that the EHR $what some 100 times in a day, then no more',
    async ({ read, code }) => {
      await using world = aPoller(read)

      await world.time.advance(25 * 3_600_000)
      const asked = world.asked()
      await world.time.advance(5 * 3_600_000)

      expect(asked).toBeLessThan(120)
      expect(asked).toBeGreaterThan(90)
      expect(world.asked()).toBe(asked)
      expect(world.row()).toMatchObject({ watch: 'ended', end_code: code })
    },
  )

  it('asks nothing while polls are ahead of their share, and continues when they no longer are', async () => {
    await using world = aPoller(async () => ({ status: 'finished', isOtherPatient: false }))
    await world.time.advance(0)
    const before = world.asked()
    world.budget.arePollsAhead = true
    await world.time.advance(3_600_000)
    expect(world.asked()).toBe(before)

    world.budget.arePollsAhead = false
    await world.time.advance(1000)

    expect(world.asked()).toBe(before + 1)
    expect(world.admitted).toEqual(['e1'])
  })
})

it('asks nothing while the node is drained, and continues when it takes up work', async () => {
  await using node = aPoller(async () => ({ status: 'in-progress', isOtherPatient: false }))
  await node.time.advance(0)
  expect(node.asked()).toBe(1)

  node.poller.hold()
  await node.time.advance(60_000)
  expect(node.asked()).toBe(1)

  node.poller.takeUp()
  await node.time.advance(1000)
  expect(node.asked()).toBe(2)
})

it('leaves an encounter due for the other nodes when it stops during its poll', async () => {
  const world = aPoller(
    (_ref, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the poll was aborted')))
      }),
  )
  const dueAt = world.row()?.next_poll_at
  await world.time.advance(0)
  expect(world.row()?.next_poll_at.getTime()).toBeGreaterThan(dueAt?.getTime() ?? Number.NaN)

  await world[Symbol.asyncDispose]()

  expect(world.row()?.next_poll_at).toEqual(dueAt)
  expect(world.admitted).toEqual([])
})

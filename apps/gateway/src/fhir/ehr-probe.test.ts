import { FakeClock } from '@authscript/orchestrator'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/rate/virtual-clock.ts'
import { EhrProbe, type EhrProbeOptions } from './ehr-probe.ts'

const secondMs = 1000

async function secondsAsked(
  monitor: Partial<EhrProbeOptions['monitor']>,
  { seconds, requestsPerDay = 50_000 }: { seconds: number; requestsPerDay?: number },
): Promise<readonly number[]> {
  const time = new FakeClock()
  const asked: number[] = []
  const probe = new EhrProbe({
    async ask() {
      asked.push(time.now() / secondMs)
      throw new Error('nobody answers')
    },
    monitor: { fault: undefined, isInDoubt: false, heardAt: new Date(0), ...monitor },
    requestsPerDay,
    clock: new VirtualClock(time),
  })
  probe.start()
  for (let second = 0; second < seconds; second += 1) await time.advance(secondMs)
  await probe.stop()
  return asked
}

it('probes each minute while there is a fault', async () => {
  expect(await secondsAsked({ fault: 'ehr_not_answering' }, { seconds: 180 })).toEqual([
    60, 120, 180,
  ])
})

it('probes at once when a request was not answered', async () => {
  expect(await secondsAsked({ isInDoubt: true }, { seconds: 10 })).toEqual([5, 10])
})

it.each([
  { requestsPerDay: 50_000, expected: [35, 70] },
  { requestsPerDay: 10_000_000, expected: [30, 60, 90] },
])(
  'probes a healthy EHR when there are no other requests, as often as a budget of $requestsPerDay allows',
  async ({ requestsPerDay, expected }) => {
    expect(await secondsAsked({}, { seconds: 90, requestsPerDay })).toEqual(expected)
  },
)

it('probes only after a quarter of an hour with a small budget', async () => {
  expect(await secondsAsked({}, { seconds: 910, requestsPerDay: 100 })).toEqual([900])
})

import { FakeClock } from '@authscript/orchestrator'
import { expect, it } from 'vitest'
import { VirtualClock } from '../../test/rate/virtual-clock.ts'
import type { EhrFault } from './ehr-calls.ts'
import { EhrProbe } from './ehr-probe.ts'

const minuteMs = 60_000

function aProbe(monitor: { fault: EhrFault | undefined; heardAt: Date | undefined }) {
  const time = new FakeClock()
  const asked: number[] = []
  const probe = new EhrProbe({
    async ask() {
      asked.push(time.now() / minuteMs)
      throw new Error('nobody answers')
    },
    monitor,
    clock: new VirtualClock(time),
  })
  probe.start()
  return { time, asked, probe }
}

it('asks each minute while something is wrong', async () => {
  const { time, asked, probe } = aProbe({ fault: 'ehr_not_answering', heardAt: new Date(0) })

  for (let minute = 0; minute < 3; minute += 1) await time.advance(minuteMs)

  expect(asked).toEqual([1, 2, 3])
  await probe.stop()
})

it('asks an EHR that is well only after a quarter of an hour without requests', async () => {
  const { time, asked, probe } = aProbe({ fault: undefined, heardAt: new Date(0) })

  for (let minute = 0; minute < 15; minute += 1) await time.advance(minuteMs)

  expect(asked).toEqual([15])
  await probe.stop()
})

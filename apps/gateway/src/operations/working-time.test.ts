import { expect, it } from 'vitest'
import { WorkingTime } from './working-time.ts'

it('begins again after a pause and after a drain', () => {
  const time = new WorkingTime()

  expect(time.at('working', 1000)).toBe(0)
  expect(time.at('working', 61_000)).toBe(60_000)
  expect(time.at('paused', 62_000)).toBeNull()
  expect(time.at('working', 90_000)).toBe(0)
  expect(time.at('draining', 95_000)).toBeNull()
  expect(time.at('drained', 96_000)).toBeNull()
  expect(time.at('working', 97_000)).toBe(0)
  expect(time.at('working', 99_000)).toBe(2000)
  expect(time.at('working', 96_000)).toBe(0)
})

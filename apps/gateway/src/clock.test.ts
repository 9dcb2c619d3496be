import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { systemClock, timeLimit } from './clock.ts'

const never = new AbortController().signal
const maxTimerMs = 2 ** 31 - 1

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
// In this order: a spy on a fake timer puts the fake one back.
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

it.each([1000, maxTimerMs, maxTimerMs + 1, 3 * maxTimerMs, 1e12])(
  'sleeps %d ms, however long that is',
  async (delayMs) => {
    const timers = vi.spyOn(globalThis, 'setTimeout')
    let isOver = false
    void systemClock.sleep(delayMs, never).then(() => {
      isOver = true
    })

    await vi.advanceTimersByTimeAsync(delayMs - 1)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)

    expect(isOver).toBe(true)
    for (const [, ms] of timers.mock.calls) expect(ms).toBeLessThanOrEqual(maxTimerMs)
  },
)

it('ends a sleep that is longer than a timer with its signal, and leaves no timer', async () => {
  const leaving = new AbortController()
  const sleep = systemClock.sleep(3 * maxTimerMs, leaving.signal)
  await vi.advanceTimersByTimeAsync(maxTimerMs + 5)

  leaving.abort(new Error('gone'))

  await expect(sleep).rejects.toThrow('gone')
  expect(vi.getTimerCount()).toBe(0)
})

it('sets no time limit that a timer cannot hold', () => {
  const timers = vi.spyOn(globalThis, 'setTimeout')

  using limit = timeLimit(never, 1e12)

  expect(limit.isOver).toBe(false)
  expect(timers).toHaveBeenCalledWith(expect.anything(), maxTimerMs)
})

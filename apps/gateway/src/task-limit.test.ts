import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { taskLimit } from './task-limit.ts'

const never = new AbortController().signal

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

it('counts from when the task begins, and from then on once', () => {
  using limit = taskLimit(never, 1000)

  vi.advanceTimersByTime(100_000)
  limit.begin()
  vi.advanceTimersByTime(999)
  // A process that reads a hostile file cannot give itself more time.
  limit.begin()
  expect(limit.signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)

  expect(limit.signal.aborted).toBe(true)
  expect(limit.isOver).toBe(true)
})

it('ends a start after two minutes, which is no fault of the task', () => {
  using limit = taskLimit(never, 1000)

  vi.advanceTimersByTime(119_999)
  expect(limit.signal.aborted).toBe(false)
  vi.advanceTimersByTime(1)

  expect(limit.signal.aborted).toBe(true)
  expect(limit.isOver).toBe(false)
})

it('aborts with its caller, and keeps no timer when it is disposed', () => {
  const caller = new AbortController()
  {
    using limit = taskLimit(caller.signal, 1000)
    caller.abort(new Error('given up'))
    expect(limit.signal.reason).toEqual(new Error('given up'))
    limit.begin()
  }
  expect(vi.getTimerCount()).toBe(0)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, vi } from 'vitest'

interface StoppedTime extends Disposable {
  /** Lets the one task that hangs in a thread or process use up its limit, and no millisecond less. */
  useUp(limitMs: number): Promise<void>
  /** Lets time pass after a task was given to a thread or process, which has not begun it: only promises of this turn continue. */
  passBeforeBegin(ms: number): Promise<void>
}

/** Stops the time of `setTimeout` until it is disposed. To be called before a task begins. */
export function stopTime(): StoppedTime {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  // Not by `vi.spyOn`: whatever restores all mocks later would restore the stopped time.
  const { setTimeout: start, clearTimeout: clear } = globalThis
  const limits = new Map<unknown, number | undefined>()
  globalThis.setTimeout = Object.assign((work: () => void, ms?: number) => {
    const timer = start(work, ms)
    limits.set(timer, ms)
    return timer
  }, start)
  globalThis.clearTimeout = (timer) => {
    limits.delete(timer)
    clear(timer)
  }
  return {
    async useUp(limitMs) {
      // The limit counts from when the thread or process begins the task.
      while (![...limits.values()].includes(limitMs)) await sleep(5)
      limits.clear()
      const count = vi.getTimerCount()
      vi.advanceTimersByTime(limitMs - 1)
      expect(vi.getTimerCount()).toBe(count)
      vi.advanceTimersByTime(1)
    },
    async passBeforeBegin(ms) {
      while (vi.getTimerCount() === 0) await Promise.resolve()
      vi.advanceTimersByTime(ms)
    },
    [Symbol.dispose]() {
      globalThis.setTimeout = start
      globalThis.clearTimeout = clear
      vi.useRealTimers()
    },
  }
}

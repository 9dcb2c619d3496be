import { checkDuration } from './check-duration.ts'

/** Time and randomness, so that tests can control them. Nothing else in this package reads the system's. */
export interface Clock {
  /** Milliseconds since the epoch. It never goes backwards, and does not jump when the system's clock is set. */
  now(): number
  /** A background timer does not keep the process alive. */
  setTimer(
    callback: () => void,
    delayMs: number,
    options?: { readonly isBackground?: boolean },
  ): Timer
  /** 0 (inclusive) to 1 (exclusive). */
  random(): number
}

export interface Timer {
  /** Cancelling twice, or after the timer fired, does nothing. */
  cancel(): void
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  random: () => Math.random(),
  setTimer(callback, delayMs, options) {
    if (delayMs > maxTimeoutMs) return setLongTimer(callback, delayMs, options)
    const timer = setTimeout(callback, delayMs)
    if (options?.isBackground === true) timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}

/** `setTimeout` fires at once for any longer delay, `Infinity` included. @see https://nodejs.org/api/timers.html */
const maxTimeoutMs = 2 ** 31 - 1

function setLongTimer(
  callback: () => void,
  delayMs: number,
  options: { readonly isBackground?: boolean } | undefined,
): Timer {
  let timer = systemClock.setTimer(
    () => (timer = systemClock.setTimer(callback, delayMs - maxTimeoutMs, options)),
    maxTimeoutMs,
    options,
  )
  return { cancel: () => timer.cancel() }
}

/**
 * The time of the current turn of the event loop: the clock is read once for everything that happens before the loop continues.
 * Reading the system's clock costs a tenth of a trivial task (`tools/bench/results`).
 */
export class TurnClock {
  readonly #clock: Pick<Clock, 'now'>
  #now = 0
  #isFresh = false
  readonly #expire = () => {
    this.#isFresh = false
  }

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock
  }

  now(): number {
    if (this.#isFresh) return this.#now
    this.#now = this.#clock.now()
    this.#isFresh = true
    process.nextTick(this.#expire)
    return this.#now
  }
}

interface PendingTimer {
  readonly dueAt: number
  readonly order: number
  readonly callback: () => void
}

/** A clock that stands still until it is advanced: virtual time for tests, in this package and in packages that use it. */
export class FakeClock implements Clock {
  #now: number
  #order = 0
  readonly #timers = new Set<PendingTimer>()
  readonly #random: () => number

  constructor(startMs = 0, random: () => number = () => 0.5) {
    this.#now = startMs
    this.#random = random
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  now(): number {
    return this.#now
  }

  random(): number {
    return this.#random()
  }

  setTimer(callback: () => void, delayMs: number): Timer {
    const timer = { dueAt: this.#now + delayMs, order: this.#order++, callback }
    this.#timers.add(timer)
    return { cancel: () => void this.#timers.delete(timer) }
  }

  /** Fires the timers that are due in the next `ms`, in order, and lets promises settle before and after each. */
  async advance(ms: number): Promise<void> {
    checkDuration('ms', ms, { isFinite: true })
    const until = this.#now + ms
    await settle()
    for (;;) {
      const due = this.#nextDue(until)
      if (due === undefined) break
      this.#timers.delete(due)
      this.#now = due.dueAt
      due.callback()
      await settle()
    }
    this.#now = until
  }

  #nextDue(until: number): PendingTimer | undefined {
    let earliest: PendingTimer | undefined
    for (const timer of this.#timers) {
      if (timer.dueAt > until) continue
      if (
        earliest === undefined ||
        timer.dueAt < earliest.dueAt ||
        (timer.dueAt === earliest.dueAt && timer.order < earliest.order)
      ) {
        earliest = timer
      }
    }
    return earliest
  }
}

/** Waits one turn of the event loop, in which every promise that can settle does. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

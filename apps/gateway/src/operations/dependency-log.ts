import type { DependencyView } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { LastingTrouble } from './lasting-trouble.ts'

export type CallOutcome =
  | { readonly ok: true; readonly durationMs?: number }
  | {
      readonly ok: false
      readonly code: string
      readonly reason: string
      readonly durationMs?: number
    }

export interface BreakerState {
  readonly state: 'closed' | 'open' | 'half_open'
  readonly openForMs: number
}

const minuteMs = 60_000
const countedMinutes = 15

interface MinuteCounts {
  readonly minute: number
  calls: number
  failures: number
}

/** How the calls to one dependency ended. Memory: one counter for each of the last 15 minutes. */
export class DependencyLog {
  readonly #name: DependencyView['name']
  readonly #clock: Pick<Clock, 'now'>
  readonly #breaker: BreakerState | undefined
  readonly #trouble: LastingTrouble
  #minutes: MinuteCounts[] = []
  #lastSuccessAt: Date | undefined
  #failingSince: Date | undefined
  #lastMs: number | undefined
  #failure: { readonly code: string; readonly reason: string } | undefined

  constructor(options: {
    readonly name: DependencyView['name']
    readonly clock: Pick<Clock, 'now'>
    readonly breaker?: BreakerState
    /** An answer that takes at least this long is slow. @default none is */
    readonly slowFromMs?: number
  }) {
    this.#name = options.name
    this.#clock = options.clock
    this.#breaker = options.breaker
    this.#trouble = new LastingTrouble(options.slowFromMs)
  }

  record(outcome: CallOutcome): void {
    const now = this.#clock.now()
    const counts = this.#countsAt(now)
    counts.calls += 1
    this.#trouble.record(outcome)
    this.#lastMs = outcome.durationMs ?? this.#lastMs
    if (outcome.ok) {
      this.#lastSuccessAt = now
      this.#failingSince = undefined
      return
    }
    counts.failures += 1
    this.#failingSince ??= now
    this.#failure = { code: outcome.code, reason: outcome.reason }
  }

  /** What lasts long enough for a verdict; `view` says how the last call ended. */
  get trouble(): Pick<LastingTrouble, 'isFailing' | 'slowMs'> {
    return this.#trouble
  }

  get view(): DependencyView {
    const now = this.#clock.now()
    const first = Math.floor(now.getTime() / minuteMs) - countedMinutes + 1
    const counted = this.#minutes.filter(({ minute }) => minute >= first)
    const sum = (of: 'calls' | 'failures') =>
      counted.reduce((total, counts) => total + counts[of], 0)
    const breaker = this.#breaker
    return {
      name: this.#name,
      state: this.#state,
      failingSince: this.#failingSince?.toISOString() ?? null,
      lastSuccessAt: this.#lastSuccessAt?.toISOString() ?? null,
      lastMs: this.#lastMs === undefined ? null : Math.round(this.#lastMs),
      code: this.#failure?.code ?? null,
      reason: this.#failure?.reason ?? null,
      callCount: sum('calls'),
      failureCount: sum('failures'),
      breaker: breaker?.state ?? null,
      breakerOpenUntil:
        breaker?.state === 'open'
          ? new Date(now.getTime() + breaker.openForMs).toISOString()
          : null,
    }
  }

  get #state(): DependencyView['state'] {
    if (this.#failingSince !== undefined) return 'failing'
    return this.#lastSuccessAt === undefined ? 'not_asked' : 'working'
  }

  #countsAt(now: Date): MinuteCounts {
    const minute = Math.floor(now.getTime() / minuteMs)
    const last = this.#minutes.at(-1)
    if (last?.minute === minute) return last
    const counts = { minute, calls: 0, failures: 0 }
    this.#minutes = [...this.#minutes.slice(1 - countedMinutes), counts]
    return counts
  }
}

import type { PerLane } from '../../src/fhir/rate/rate-budget.ts'
import type { ShareStore } from '../../src/fhir/rate/rate-share.ts'

const dayMs = 86_400_000

/** The shares as the database keeps them, for tests without one; `ehr-shares.pg.test.ts` tests both in the same way. */
export class MemoryShares implements ShareStore {
  readonly #nowMs: () => number
  readonly #rows = new Map<string, { slots: number; expiresAtMs: number }>()
  readonly reserved = new Map<string, number>()
  readonly reservedPolls = new Map<string, number>()

  /** `nowMs` is the time of the store, since the epoch. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  get slots(): number {
    return [...this.#alive()].reduce((sum, [, row]) => sum + row.slots, 0)
  }

  renew: ShareStore['renew'] = async (nodeId, leaseMs, claim) => {
    const nowMs = this.#nowMs()
    const date = new Date(nowMs).toISOString().slice(0, 10)
    const others = [...this.#alive()]
      .filter(([id]) => id !== nodeId)
      .map(([id, { slots }]) => ({ nodeId: id, slots }))
    const dayEndsInMs = dayMs - (nowMs % dayMs)
    const reserved = this.reserved.get(date) ?? 0
    const reservedPolls = this.reservedPolls.get(date) ?? 0
    const claimed = claim({ others, nowMs, date, dayEndsInMs, reserved, reservedPolls })
    this.#rows.set(nodeId, { slots: claimed.slots, expiresAtMs: nowMs + leaseMs })
    this.#reserve(date, claimed.reserve, 1)
    return claimed
  }

  leave: ShareStore['leave'] = async (nodeId, { slots, forMs, date, unused }) => {
    const row = this.#rows.get(nodeId)
    if (row !== undefined && slots > 0 && row.expiresAtMs > this.#nowMs())
      this.#rows.set(nodeId, {
        slots: Math.min(row.slots, slots),
        expiresAtMs: this.#nowMs() + forMs,
      })
    else this.#rows.delete(nodeId)
    this.#reserve(date, unused, -1)
  }

  #reserve(date: string, { poll, chart, write }: PerLane<number>, sign: 1 | -1): void {
    const add = (to: Map<string, number>, count: number) =>
      to.set(date, Math.max(0, (to.get(date) ?? 0) + sign * count))
    add(this.reserved, poll + chart + write)
    add(this.reservedPolls, poll)
  }

  #alive() {
    return [...this.#rows].filter(([, row]) => row.expiresAtMs > this.#nowMs())
  }
}

import { FakeClock } from '@authscript/orchestrator'
import type { Lane } from '../../src/fhir/rate/rate-budget.ts'
import { RateShare, type ShareStore } from '../../src/fhir/rate/rate-share.ts'
import { MemoryShares } from './memory-shares.ts'
import { VirtualClock } from './virtual-clock.ts'

const dayMs = 86_400_000
export const pollingShare = 0.6
/** The pause of a process that never continues. */
const forever = dayMs * 1000

/** Nodes on one store and one virtual clock, with the requests that the EHR receives. */
export class Nodes {
  readonly time: FakeClock
  readonly shares: MemoryShares
  readonly nodes: Node[] = []
  readonly receivedAtMs: number[] = []
  readonly sentByDate = new Map<string, number>()
  readonly pollsByDate = new Map<string, number>()
  readonly lanes: readonly Lane[]
  readonly #random: () => number
  readonly #limits: { readonly perSecond: number; readonly perDay: number }

  constructor({
    perSecond = 15,
    perDay = 1_000_000,
    startMs = 0,
    random = () => 0.5,
    lanes = ['poll', 'chart', 'write'],
  }: {
    readonly perSecond?: number
    readonly perDay?: number
    readonly startMs?: number
    readonly random?: () => number
    readonly lanes?: readonly Lane[]
  } = {}) {
    this.lanes = lanes

    this.#limits = { perSecond, perDay }
    this.#random = random
    this.time = new FakeClock(startMs, random)
    this.shares = new MemoryShares(() => this.time.now())
  }

  join(): Node {
    const node = new Node(this, this.#limits, this.#random)
    this.nodes.push(node)
    return node
  }

  /** The most that the EHR received within any one second. */
  get maxInASecond(): number {
    const times = this.receivedAtMs.toSorted((one, other) => one - other)
    let first = 0
    let most = 0
    for (const [index, time] of times.entries()) {
      while ((times[first] ?? time) <= time - 1000) first += 1
      most = Math.max(most, index - first + 1)
    }
    return most
  }
}

/** One node: its share of the rate, and its senders. */
export class Node {
  readonly share: RateShare
  sent = 0
  readonly #world: Nodes
  readonly #clock: VirtualClock
  readonly #random: () => number
  readonly #leaving = new AbortController()
  #senders = 0
  #wantedSenders = 0
  #cutUntilMs = 0

  constructor(
    world: Nodes,
    limits: { readonly perSecond: number; readonly perDay: number },
    random: () => number,
  ) {
    this.#world = world
    this.#random = random
    this.#clock = new VirtualClock(world.time)
    this.share = new RateShare({
      store: this.#throughTheNetwork(world.shares),
      ...limits,
      pollingShare,
      clock: this.#clock,
      log: { warn: () => undefined, info: () => undefined },
    })
    this.share.start()
  }

  /** Sets the number of concurrent requests. */
  work(senders: number): void {
    this.#wantedSenders = senders
    while (this.#senders < senders) {
      this.#senders += 1
      void this.#send().catch(() => undefined)
    }
  }

  pauseFor(durationMs: number): void {
    this.#clock.pauseFor(durationMs)
  }

  die(): void {
    this.#leaving.abort()
    this.#clock.pauseFor(forever)
  }

  /** The database cannot be reached for that long; a renewal that is under way may have taken effect. */
  cutFor(durationMs: number): void {
    this.#cutUntilMs = this.#world.time.now() + durationMs
  }

  async stop(): Promise<void> {
    this.#leaving.abort()
    await this.share.stop()
  }

  async #send(): Promise<void> {
    const { time, receivedAtMs, sentByDate, pollsByDate, lanes } = this.#world
    const { signal } = this.#leaving
    while (this.#senders <= this.#wantedSenders) {
      const lane = lanes[Math.floor(this.#random() * lanes.length)] ?? 'chart'
      const slot = await this.share.budget.take(lane, signal).catch(() => undefined)
      if (slot === undefined) {
        await this.#clock.sleep(1000, signal)
        continue
      }
      // A connection is there at once, or after seconds.
      if (this.#random() < 0.1) await this.#clock.sleep(Math.floor(this.#random() * 9000), signal)
      if (slot.isValid) {
        this.sent += 1
        const date = new Date(time.now()).toISOString().slice(0, 10)
        sentByDate.set(date, (sentByDate.get(date) ?? 0) + 1)
        if (lane === 'poll') pollsByDate.set(date, (pollsByDate.get(date) ?? 0) + 1)
        const latencyMs = this.#random() < 0.1 ? 1500 : Math.floor(this.#random() * 100)
        time.setTimer(() => receivedAtMs.push(time.now()), latencyMs)
        await this.#clock.sleep(latencyMs + Math.floor(this.#random() * 100), signal)
      }
      slot.release()
    }
    this.#senders -= 1
  }

  #throughTheNetwork(shares: MemoryShares): ShareStore {
    const { signal } = new AbortController()
    const networkDelay = () => this.#clock.sleep(Math.floor(this.#random() * 40), signal)
    const connected = async <Result>(statement: () => Promise<Result>): Promise<Result> => {
      const isCut = () => this.#world.time.now() < this.#cutUntilMs
      if (isCut()) throw new Error('no connection')
      await networkDelay()
      const result = await statement()
      await networkDelay()
      if (isCut()) throw new Error('the answer was lost')
      return result
    }
    return {
      renew: (nodeId, leaseMs, claim) => connected(() => shares.renew(nodeId, leaseMs, claim)),
      leave: (nodeId, departure) => connected(() => shares.leave(nodeId, departure)),
    }
  }
}

import { createDeferred, type Deferred } from '../deferred.ts'
import { checkCount } from '../check-count.ts'
import { checkOptions } from '../check-options.ts'
import {
  CursorStream,
  type EventStream,
  type Source,
  type StreamItem,
  subscribeKinds,
  type SubscribeOptions,
} from './event-stream.ts'
import { ReplayWindow } from './replay-window.ts'

/**
 * One window of events for all subscribers, and a cursor for each. Publishing writes one slot, whatever the number of subscribers;
 * waiting readers are woken together, after the publisher's turn. When a reader falls behind by more than its capacity, its cursor
 * moves to the oldest event that may wait for it, and the reader learns how many it missed.
 */
export class Broadcaster<Event> {
  readonly #window: ReplayWindow<StreamItem<Event>>
  /** Weak references, so that a stream which its reader dropped can be collected. */
  readonly #streams = new Set<WeakRef<CursorStream<Event>>>()
  readonly #collected = new FinalizationRegistry<WeakRef<CursorStream<Event>>>((reference) =>
    this.#streams.delete(reference),
  )
  #missed = 0
  #changed: Deferred<void> | undefined
  #isWaking = false
  #isClosed = false

  /** `capacity`: events kept for each subscriber. */
  constructor(capacity: number) {
    checkCount('subscriberChannelCapacity', capacity)
    this.#window = new ReplayWindow(capacity)
  }

  get subscriberCount(): number {
    return this.#streams.size
  }

  /** Events that subscribers missed because they were too slow, the sum over all past and present ones. */
  get droppedCount(): number {
    let dropped = this.#missed
    for (const reference of this.#streams) dropped += reference.deref()?.missedCount ?? 0
    return dropped
  }

  /** Does nothing after `close`. */
  publish(event: Event): void {
    if (this.#isClosed) return
    this.#window.push({ kind: 'event', event })
    if (this.#changed !== undefined) this.#wake()
  }

  /** Delivers events from this call on, not from the first `next()`. */
  subscribe(options: SubscribeOptions<Event> = {}): EventStream<Event> {
    checkOptions(options, subscribeKinds)
    const { replay = 0, capacity = this.#window.capacity } = options
    checkCount('capacity', capacity)
    if (!(replay >= 0)) throw new RangeError(`replay must be at least 0, got ${replay}`)
    const stream = new CursorStream<Event>(
      this.#source((missed) => {
        this.#collected.unregister(reference)
        this.#streams.delete(reference)
        this.#missed += missed
      }),
      Math.max(this.#window.oldest, this.#window.end - replay),
      Math.min(capacity, this.#window.capacity),
      options,
    )
    const reference = new WeakRef(stream)
    this.#streams.add(reference)
    this.#collected.register(stream, reference, reference)
    if (options.signal?.aborted === true) void stream.return()
    return stream
  }

  /** Readers get what was published before, then their streams end. */
  close(): void {
    this.#isClosed = true
    this.#wake()
  }

  /** In a microtask of its own, so that publishing takes the same time however many readers wait. */
  #wake(): void {
    if (this.#isWaking) return
    this.#isWaking = true
    queueMicrotask(() => {
      this.#isWaking = false
      this.#changed?.resolve()
      this.#changed = undefined
    })
  }

  #source(release: (missed: number) => void): Source<Event> {
    const isClosed = () => this.#isClosed
    return {
      window: this.#window,
      get isClosed() {
        return isClosed()
      },
      changed: () => (this.#changed ??= createDeferred<void>()).promise,
      wake: () => this.#wake(),
      release,
    }
  }
}

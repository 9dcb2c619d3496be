import { createDeferred, type Deferred } from '../deferred.ts'
import { checkCount } from '../options.ts'
import {
  CursorStream,
  type EventStream,
  type Source,
  type StreamItem,
  type SubscribeOptions,
} from './event-stream.ts'
import { ReplayWindow } from './replay-window.ts'

/**
 * One window for all subscribers, and a cursor for each. Publishing writes one slot, whatever the number of subscribers; those who
 * wait are woken together, after the publisher's turn. A reader that falls more than its capacity behind has its cursor moved to the
 * oldest event that may wait for it, and is told how many it missed.
 */
export class Broadcaster<Event> {
  readonly #window: ReplayWindow<StreamItem<Event>>
  /** Weak: a stream that its reader forgot may be collected, and has no place then. */
  readonly #streams = new Set<WeakRef<CursorStream<Event>>>()
  readonly #forgotten = new FinalizationRegistry<WeakRef<CursorStream<Event>>>((place) =>
    this.#streams.delete(place),
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

  /** Events that subscribers missed because they were too slow, added up over all there were. */
  get droppedCount(): number {
    let dropped = this.#missed
    for (const place of this.#streams) dropped += place.deref()?.missedCount ?? 0
    return dropped
  }

  /** Nothing happens after `close`. */
  publish(event: Event): void {
    if (this.#isClosed) return
    this.#window.push({ kind: 'event', event })
    if (this.#changed !== undefined) this.#wake()
  }

  /** Subscribed from this call on, not from the first `next()`. */
  subscribe(options: SubscribeOptions<Event> = {}): EventStream<Event> {
    const { replay = 0, capacity = this.#window.capacity } = options
    checkCount('capacity', capacity)
    const stream = new CursorStream<Event>(
      this.#source((missed) => {
        this.#forgotten.unregister(place)
        this.#streams.delete(place)
        this.#missed += missed
      }),
      Math.max(this.#window.oldest, this.#window.end - replay),
      Math.min(capacity, this.#window.capacity),
      options,
    )
    const place = new WeakRef(stream)
    this.#streams.add(place)
    this.#forgotten.register(stream, place, place)
    if (options.signal?.aborted === true) void stream.return()
    return stream
  }

  /** Readers get what was published before, then end. */
  close(): void {
    this.#isClosed = true
    this.#wake()
  }

  /** In a microtask of its own, so that no publisher pays for the number of those who wait. */
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

/** What a subscriber reads: an event, or word of how many it was too slow for. */
export type StreamItem<Event> =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'gap'; readonly dropped: number }

export interface SubscribeOptions<Event> {
  /** Ends the stream. */
  readonly signal?: AbortSignal
  filter?(event: Event): boolean
  /** Events that may wait for this reader; at most the broadcaster's capacity. */
  readonly capacity?: number
  /** Starts with up to this many of the latest events. @default 0 */
  readonly replay?: number
}

/**
 * One ring for all subscribers, and a cursor for each. Publishing writes one slot and wakes those who wait, whatever their number;
 * a reader that falls more than its capacity behind has its cursor moved to the oldest event kept and is told how many it missed.
 * Positions count every event ever published; `position % capacity` is its slot.
 */
export class Broadcaster<Event> {
  readonly #ring: (Event | undefined)[]
  readonly #capacity: number
  readonly #subscriptions = new Set<Subscription<Event>>()
  #end = 0
  #dropped = 0
  #changed: PromiseWithResolvers<void> | undefined
  #closed = false

  constructor(capacity: number) {
    if (!(Number.isInteger(capacity) && capacity > 0)) {
      throw new RangeError(`capacity must be a positive integer, got ${capacity}`)
    }
    this.#capacity = capacity
    this.#ring = []
  }

  get subscriberCount(): number {
    return this.#subscriptions.size
  }

  /** Events that some subscriber missed, added up over all of them. */
  get droppedCount(): number {
    return this.#dropped
  }

  publish(event: Event): void {
    if (this.#closed) return
    this.#ring[this.#end % this.#capacity] = event
    this.#end += 1
    this.#wake()
  }

  /** Subscribed from this call on, not from the first `next()`. */
  subscribe(options: SubscribeOptions<Event> = {}): AsyncIterableIterator<StreamItem<Event>> {
    const kept = Math.min(this.#end, this.#capacity)
    const subscription = new Subscription<Event>(
      {
        end: () => this.#end,
        read: (position) => this.#ring[position % this.#capacity] as Event,
        changed: () => (this.#changed ??= Promise.withResolvers<void>()).promise,
        isClosed: () => this.#closed,
        drop: (count) => {
          this.#dropped += count
        },
        wake: () => this.#wake(),
        release: (ended) => this.#subscriptions.delete(ended),
      },
      this.#end - Math.min(options.replay ?? 0, kept),
      Math.min(options.capacity ?? this.#capacity, this.#capacity),
      options,
    )
    this.#subscriptions.add(subscription)
    return subscription
  }

  /** Readers get what was published before, then end. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  #wake(): void {
    this.#changed?.resolve()
    this.#changed = undefined
  }
}

interface RingView<Event> {
  end(): number
  read(position: number): Event
  changed(): Promise<void>
  isClosed(): boolean
  drop(count: number): void
  wake(): void
  release(subscription: Subscription<Event>): void
}

class Subscription<Event> implements AsyncIterableIterator<StreamItem<Event>> {
  readonly #ring: RingView<Event>
  readonly #capacity: number
  readonly #filter: ((event: Event) => boolean) | undefined
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = () => this.#finish()
  #cursor: number
  #finished = false

  constructor(
    ring: RingView<Event>,
    cursor: number,
    capacity: number,
    options: SubscribeOptions<Event>,
  ) {
    this.#ring = ring
    this.#cursor = cursor
    this.#capacity = capacity
    this.#filter = options.filter?.bind(options)
    this.#signal = options.signal
    if (this.#signal?.aborted === true) this.#finished = true
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  async next(): Promise<IteratorResult<StreamItem<Event>>> {
    for (;;) {
      if (this.#finished) {
        this.#finish()
        return { done: true, value: undefined }
      }
      const item = this.#take()
      if (item !== undefined) return { done: false, value: item }
      if (this.#ring.isClosed()) this.#finish()
      else await this.#ring.changed()
    }
  }

  return(): Promise<IteratorResult<StreamItem<Event>>> {
    this.#finish()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** The next item there is, or undefined when everything was read. A gap counts every event passed over, filtered or not. */
  #take(): StreamItem<Event> | undefined {
    const oldest = this.#ring.end() - this.#capacity
    if (this.#cursor < oldest) {
      const dropped = oldest - this.#cursor
      this.#cursor = oldest
      this.#ring.drop(dropped)
      return { kind: 'gap', dropped }
    }
    while (this.#cursor < this.#ring.end()) {
      const event = this.#ring.read(this.#cursor)
      this.#cursor += 1
      if (this.#filter?.(event) ?? true) return { kind: 'event', event }
    }
    return undefined
  }

  #finish(): void {
    this.#finished = true
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#ring.release(this)
    // A `next()` that waits has to learn that it is over.
    this.#ring.wake()
  }
}

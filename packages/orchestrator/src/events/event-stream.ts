import type { OptionKinds } from '../check-options.ts'
import type { ReplayWindow } from './replay-window.ts'

/** What a subscriber reads: an event, or how many events it missed because it was too slow. */
export type StreamItem<Event> =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'gap'; readonly dropped: number }

export interface SubscribeOptions<Event> {
  /** Ends the stream. */
  readonly signal?: AbortSignal
  /** Skips events for which it is false. If it throws, this stream ends with its error; others continue. */
  filter?(event: Event): boolean
  /** Events that may wait for this reader. @default as many as the broadcaster keeps, which is also the maximum */
  readonly capacity?: number
  /** Starts with up to this many of the latest events that the broadcaster still has. @default 0 */
  readonly replay?: number
}

export const subscribeKinds: OptionKinds<SubscribeOptions<never>> = {
  signal: 'object',
  filter: 'function',
  capacity: 'number',
  replay: 'number',
}

/** A subscription. It ends when its loop is left, on an abort, on an error, and when it is garbage-collected. */
export interface EventStream<Event> extends AsyncIterableIterator<StreamItem<Event>> {
  /** Ends the stream: a `next` that waits resolves as done. */
  return(): Promise<IteratorResult<StreamItem<Event>>>
  /** Ends the stream and rejects with `error`. */
  throw(error: unknown): Promise<never>
  /** The same stream, with all available items at a time, at least one: for readers that forward them together. */
  batches(): AsyncIterableIterator<readonly StreamItem<Event>[]>
  /** The same stream as plain events, for readers that need not know what they missed; `stats.droppedEventCount` counts it. */
  events(): AsyncIterableIterator<Event>
}

/** What a stream needs from its broadcaster. */
export interface Source<Event> {
  readonly window: ReplayWindow<StreamItem<Event>>
  readonly isClosed: boolean
  /** Resolves after the next event, and when a stream or the broadcaster ends. */
  changed(): Promise<void>
  wake(): void
  /** The stream has ended, having missed this many events. */
  release(missed: number): void
}

/** A cursor in the broadcaster's window. */
export class CursorStream<Event> implements EventStream<Event> {
  readonly #source: Source<Event>
  readonly #capacity: number
  readonly #filter: ((event: Event) => boolean) | undefined
  readonly #signal: AbortSignal | undefined
  readonly #onAbort = () => this.#finish()
  #cursor: number
  #missed = 0
  #finished = false

  constructor(
    source: Source<Event>,
    cursor: number,
    capacity: number,
    options: SubscribeOptions<Event>,
  ) {
    this.#source = source
    this.#cursor = cursor
    this.#capacity = capacity
    this.#filter = options.filter?.bind(options)
    this.#signal = options.signal
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Events that it missed so far because it was too slow, whether its filter passes them or not. */
  get missedCount(): number {
    return this.#missed + this.#overrun()
  }

  next(): Promise<IteratorResult<StreamItem<Event>>> {
    return this.#pull(this.#take)
  }

  return(): Promise<IteratorResult<StreamItem<Event>>> {
    this.#finish()
    return Promise.resolve({ done: true, value: undefined })
  }

  throw(error: unknown): Promise<never> {
    this.#finish()
    return Promise.reject(error)
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  batches(): AsyncIterableIterator<readonly StreamItem<Event>[]> {
    return this.#iterate(this.#takeAll)
  }

  events(): AsyncIterableIterator<Event> {
    return this.#iterate(this.#takeEvent)
  }

  #iterate<Value>(take: () => Value | undefined): AsyncIterableIterator<Value> {
    const iterator = {
      next: () => this.#pull(take),
      return: () => {
        this.#finish()
        return Promise.resolve({ done: true, value: undefined } as const)
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  /** Resolves with what `take` finds, now or after a later event. */
  #pull<Value>(take: () => Value | undefined): Promise<IteratorResult<Value>> {
    try {
      const result = this.#tryTake(take)
      return result === undefined ? this.#pullLater(take) : Promise.resolve(result)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async #pullLater<Value>(take: () => Value | undefined): Promise<IteratorResult<Value>> {
    for (;;) {
      await this.#source.changed()
      const result = this.#tryTake(take)
      if (result !== undefined) return result
    }
  }

  /** Undefined when there is nothing to read yet. */
  #tryTake<Value>(take: () => Value | undefined): IteratorResult<Value> | undefined {
    if (this.#finished) return { done: true, value: undefined }
    try {
      const value = take.call(this)
      if (value !== undefined) return { done: false, value }
    } catch (error) {
      this.#finish()
      throw error
    }
    if (!this.#source.isClosed) return undefined
    this.#finish()
    return { done: true, value: undefined }
  }

  /** Events beyond what may wait for this reader. */
  #overrun(): number {
    return Math.max(0, this.#source.window.end - this.#capacity - this.#cursor)
  }

  /** The gap to report to this reader, if there is one. */
  #takeGap(): StreamItem<Event> | undefined {
    const dropped = this.#overrun()
    if (dropped === 0) return undefined
    this.#cursor += dropped
    this.#missed += dropped
    return { kind: 'gap', dropped }
  }

  #take(): StreamItem<Event> | undefined {
    const gap = this.#takeGap()
    if (gap !== undefined) return gap
    const { window } = this.#source
    while (this.#cursor < window.end) {
      const item = window.at(this.#cursor)
      this.#cursor += 1
      if (this.#passes(item)) return item
    }
    return undefined
  }

  /** The next event; gaps are only counted. */
  #takeEvent(): Event | undefined {
    for (;;) {
      const item = this.#take()
      if (item === undefined) return undefined
      if (item.kind === 'event') return item.event
    }
  }

  #takeAll(): readonly StreamItem<Event>[] | undefined {
    const gap = this.#takeGap()
    const { window } = this.#source
    const all = window.from(this.#cursor)
    this.#cursor = window.end
    const passed = this.#filter === undefined ? all : all.filter((item) => this.#passes(item))
    const items = gap === undefined ? passed : [gap, ...passed]
    return items.length === 0 ? undefined : items
  }

  #passes(item: StreamItem<Event>): boolean {
    return this.#filter === undefined || item.kind === 'gap' || this.#filter(item.event)
  }

  #finish(): void {
    if (this.#finished) return
    this.#finished = true
    this.#signal?.removeEventListener('abort', this.#onAbort)
    this.#source.release(this.missedCount)
    // Ends a `next()` that waits.
    this.#source.wake()
  }
}

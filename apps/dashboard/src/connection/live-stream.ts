import type { LiveEvent, StreamCommand, StreamReport } from './messages.ts'
import { SseParser, type StreamMessage } from './sse-parser.ts'

/**
 * Reads the gateway's event stream, for all tabs of a browser.
 *
 *   connecting ──► alive ──► lost ──► (pause) ──► connecting
 *   connecting ──► signed out ──► (somebody signs in) ──► connecting
 *
 * `EventSource` would hide heartbeats, and give up permanently on an answer that is not 200. Each connection resumes after the last event that
 * arrived; the tabs read again anyway, because a sleep or a restart may have hidden more than events.
 */
export interface LiveStreamOptions {
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  /** From 0 to 1. */
  readonly chance: () => number
  /** Returns how to cancel it. */
  readonly after: (delayMs: number, work: () => void) => () => void
  readonly report: (report: StreamReport) => void
}

const address = '/api/events?contract=event-message'
/** Until the gateway has said how often it sends a heartbeat. */
const usualHeartbeatMs = 15_000
/** After this many intervals without a byte, the connection is lost. */
const silentIntervals = 2.5
const maxChecksApartMs = 1000
const answerWithinMs = 10_000
const firstPauseMs = 500
const maxPauseMs = 15_000

export class LiveStream {
  readonly #options: LiveStreamOptions
  #state: StreamReport = { kind: 'lost' }
  #heartbeatMs = usualHeartbeatMs
  #heardAt = 0
  #lastId: string | undefined
  #failureCount = 0
  #connection: AbortController | undefined
  #cancelTimer = (): void => undefined

  constructor(options: LiveStreamOptions) {
    this.#options = options
  }

  /** The last state, for a tab that has just opened. */
  get state(): StreamReport {
    return this.#state
  }

  start(): void {
    void this.#connect()
  }

  stop(): void {
    this.#cancelTimer()
    this.#connection?.abort()
    this.#connection = undefined
    // A tab that opens next must not see an ended stream as a live one.
    this.#state = { kind: 'lost' }
  }

  handle(command: StreamCommand): void {
    switch (command) {
      case 'hello':
        this.#options.report(this.#state)
        break
      case 'check':
        if (this.#connection === undefined && this.#state.kind === 'lost') void this.#connect()
        else this.#checkSilence()
        break
      case 'open':
        this.stop()
        // Another person may have signed in: this person's events begin now.
        this.#lastId = undefined
        void this.#connect()
        break
      case 'leave':
        this.stop()
        this.#change({ kind: 'left' })
        break
      case 'bye':
        break
      default:
        command satisfies never
    }
  }

  async #connect(): Promise<void> {
    this.#cancelTimer()
    const connection = new AbortController()
    this.#connection = connection
    this.#heardAt = this.#options.now()
    this.#watch(answerWithinMs)
    let status = 0
    try {
      const response = await this.#options.fetch(address, {
        headers: this.#lastId === undefined ? {} : { 'last-event-id': this.#lastId },
        cache: 'no-store',
        signal: connection.signal,
      })
      status = response.status
      if (response.ok && response.body !== null) await this.#read(response, connection)
    } catch {
      // Ended by the network or the watchdog: the next connection shows which.
    }
    if (this.#connection !== connection) return
    this.#connection = undefined
    this.#cancelTimer()
    // The gateway accepts every id of its own, so this one is of another database.
    if (status === 400) this.#lastId = undefined
    if (status === 401) this.#change({ kind: 'signed_out' })
    else this.#comeBack()
  }

  async #read(response: Response, connection: AbortController): Promise<void> {
    const interval = Number(response.headers.get('x-heartbeat-ms'))
    this.#heartbeatMs = interval > 0 ? interval : usualHeartbeatMs
    const parser = new SseParser()
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    this.#failureCount = 0
    this.#hear()
    this.#options.report({ kind: 'behind' })
    for (;;) {
      const piece = await reader?.read()
      if (piece === undefined || piece.done || this.#connection !== connection) return
      const messages = parser.push(piece.value)
      this.#lastId = parser.lastId ?? this.#lastId
      this.#hear()
      this.#tell(messages)
    }
  }

  #hear(): void {
    this.#heardAt = this.#options.now()
    this.#watch(silentIntervals * this.#heartbeatMs)
    this.#change({ kind: 'alive', at: this.#heardAt, heartbeatMs: this.#heartbeatMs })
  }

  #tell(messages: readonly StreamMessage[]): void {
    if (messages.some(({ event }) => event === 'gap')) this.#options.report({ kind: 'behind' })
    const events = messages.filter(({ event }) => event !== 'gap').flatMap(toLiveEvent)
    if (events.length > 0) this.#options.report({ kind: 'events', events })
  }

  /** Looks at the clock often: a timer that was set before the computer slept fires late. */
  #watch(limitMs: number): void {
    this.#cancelTimer()
    const check = (): void => {
      if (this.#options.now() - this.#heardAt >= limitMs) this.#connection?.abort()
      else this.#cancelTimer = this.#options.after(Math.min(limitMs, maxChecksApartMs), check)
    }
    this.#cancelTimer = this.#options.after(Math.min(limitMs, maxChecksApartMs), check)
  }

  #checkSilence(): void {
    const limitMs = silentIntervals * this.#heartbeatMs
    if (this.#options.now() - this.#heardAt >= limitMs) this.#connection?.abort()
  }

  #comeBack(): void {
    this.#change({ kind: 'lost' })
    const longest = Math.min(maxPauseMs, firstPauseMs * 2 ** this.#failureCount)
    this.#failureCount += 1
    const pauseMs = longest * (0.5 + this.#options.chance() / 2)
    this.#cancelTimer = this.#options.after(pauseMs, () => void this.#connect())
  }

  #change(state: StreamReport): void {
    this.#state = state
    this.#options.report(state)
  }
}

/** A message that is not an event of ours is ignored, and does not end the stream. */
function toLiveEvent({ event, data }: StreamMessage): readonly LiveEvent[] {
  const parsed = parseJson(data)
  const about = isRecord(parsed) && isRecord(parsed['data']) ? parsed['data'] : {}
  const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return [
    {
      eventType: event,
      encounterId: textOf(about['encounterId']),
      workItemId: textOf(about['workItemId']),
    },
  ]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { type GatewayEvent, toNotification, withoutChartData } from '@authscript/prior-auth'
import type { Clock } from '../clock.ts'
import { Turns } from './turns.ts'

/** What a subscriber receives: events, and gap markers for those that a slow reader missed. */
export type StreamItem =
  | { readonly kind: 'event'; readonly event: GatewayEvent }
  | { readonly kind: 'gap'; readonly dropped: number }

export interface EventSources {
  /** Live events from the moment of the call, all available ones in one batch. Bounded: the oldest are dropped. */
  subscribe(options: { signal: AbortSignal; filter(event: GatewayEvent): boolean }): {
    batches(): AsyncIterableIterator<readonly StreamItem[]>
  }
  /** The sequences that are stored; 0 and 0 when none is. */
  bounds(): Promise<{ readonly first: number; readonly last: number }>
  /** Stored events after `sequence`, oldest first. */
  after(
    sequence: number,
    limit: number,
    practiceIds: readonly string[],
  ): Promise<readonly GatewayEvent[]>
}

/** One reader's connection. `write` resolves when the reader has taken the text, and rejects when the connection is closed. */
export interface EventReader {
  write(text: string): Promise<void>
}

/** `operations` is `event-message` without chart data. */
export type Contract = 'notification' | 'event-message' | 'operations'

export interface StreamOptions {
  readonly contract: Contract
  readonly practiceIds: readonly string[]
  /** The last sequence that the reader has seen; undefined: the stream starts with the next event. */
  readonly lastEventId: number | undefined
  readonly heartbeatMs: number
  readonly signal: AbortSignal
}

const replayBatch = 200
/** Encoding a batch of many events and passing it to the socket takes a few milliseconds for each reader. */
const readersPerTurn = 8
const turns = new Turns(readersPerTurn)

/**
 * Sends a reader what it may see until `signal` aborts: first what it missed, then live events. It subscribes before it replays,
 * so nothing is missed between the two; what both contain is sent once, by sequence. A reader that does not read makes `write` wait, and
 * only its own position in the ring is affected: when it reads again it gets a gap marker, and no other reader notices. All events that
 * are available are written at once, and a few readers are served in each turn of the event loop, so that a burst to many readers leaves
 * the process free for requests.
 */
export async function streamEvents(
  reader: EventReader,
  sources: EventSources,
  options: StreamOptions,
  clock: Clock,
): Promise<void> {
  const { contract, practiceIds, signal } = options
  const visible: ReadonlySet<string> = new Set(practiceIds)
  const live = sources
    .subscribe({ signal, filter: (event) => visible.has(event.practiceId) })
    .batches()
  let sent = 0
  const encodeNew = (event: GatewayEvent): string => {
    if (event.sequence <= sent) return ''
    sent = event.sequence
    return encode(event, contract) ?? ''
  }
  const encodeItem = (item: StreamItem): string => {
    if (item.kind === 'event') return encodeNew(item.event)
    return contract === 'notification' ? '' : encodeGap(item.dropped, sent)
  }
  const write = async (text: string) => {
    if (text !== '') await reader.write(text)
  }

  let next: ReturnType<typeof live.next> | undefined
  try {
    const { sent: start, missed } = await resumeFrom(options.lastEventId, sources)
    sent = start
    await reader.write('retry: 2000\n\n')
    if (missed > 0 && contract !== 'notification') await reader.write(encodeGap(missed, sent))
    if (options.lastEventId !== undefined) {
      while (!signal.aborted) {
        const stored = await sources.after(sent, replayBatch, practiceIds)
        await write(stored.map(encodeNew).join(''))
        if (stored.length < replayBatch) break
      }
    }
    next = live.next()
    while (!signal.aborted) {
      const idle = new AbortController()
      const heartbeat = clock.sleep(options.heartbeatMs, idle.signal).then(
        () => 'heartbeat' as const,
        () => 'heartbeat' as const,
      )
      const items = await Promise.race([next, heartbeat])
      idle.abort()
      if (items === 'heartbeat') {
        if (!signal.aborted) await reader.write(': heartbeat\n\n')
        continue
      }
      if (items.done === true) return
      await turns.take()
      await write(items.value.map(encodeItem).join(''))
      next = live.next()
    }
  } finally {
    next?.catch(() => undefined)
    await live.return?.()
  }
}

/**
 * Where a reader that reconnects resumes. What it missed may have been deleted since, or its id may be from another database. Then it gets
 * a gap marker and resumes with the oldest stored event, or with the next one.
 */
async function resumeFrom(
  lastEventId: number | undefined,
  sources: EventSources,
): Promise<{ readonly sent: number; readonly missed: number }> {
  if (lastEventId === undefined) return { sent: 0, missed: 0 }
  const { first, last } = await sources.bounds()
  if (lastEventId > last) return { sent: last, missed: 1 }
  const missed = Math.max(0, first - 1 - lastEventId)
  return { sent: lastEventId, missed }
}

// Many readers get the same event, so its text is made once for each contract.
const encoded: Record<Contract, WeakMap<GatewayEvent, string>> = {
  notification: new WeakMap(),
  'event-message': new WeakMap(),
  operations: new WeakMap(),
}

const encodings: Record<Contract, (event: GatewayEvent) => string | undefined> = {
  notification: encodeNotification,
  'event-message': encodeMessage,
  operations: (event) => encodeMessage({ ...event, data: withoutChartData(event) }),
}

function encode(event: GatewayEvent, contract: Contract): string | undefined {
  const known = encoded[contract].get(event)
  if (known !== undefined) return known
  const text = encodings[contract](event)
  if (text !== undefined) encoded[contract].set(event, text)
  return text
}

function encodeNotification(event: GatewayEvent): string | undefined {
  const notification = toNotification(event)
  return notification && `id: ${event.sequence}\ndata: ${JSON.stringify(notification)}\n\n`
}

function encodeMessage(
  event: Pick<GatewayEvent, 'sequence' | 'eventType'> & { readonly data: object },
): string {
  return `id: ${event.sequence}\nevent: ${event.eventType}\ndata: ${JSON.stringify(event)}\n\n`
}

/** Without an id, so that a reader that reconnects resumes after the last event that it received. */
function encodeGap(dropped: number, after: number): string {
  return `event: gap\ndata: ${JSON.stringify({ dropped, after })}\n\n`
}

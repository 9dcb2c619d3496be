import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { systemClock } from '../clock.ts'
import type { App } from './routes.ts'

export interface SlowReaderLimits {
  /** A reader for whom bytes wait takes at least `minBytes` in this time. */
  readonly windowMs: number
  readonly minBytes: number
  /** What may wait for all readers together. Beyond it, those who take nothing at the moment lose their answer. */
  readonly maxUnreadBytes: number
  readonly lookEveryMs: number
}

/** 64 kB in 30 seconds is the speed of a modem of 1991. */
const usualLimits: SlowReaderLimits = {
  windowMs: 30_000,
  minBytes: 64 * 1024,
  maxUnreadBytes: 128 * 1024 * 1024,
  lookEveryMs: 500,
}

interface OpenAnswer {
  readonly response: ServerResponse
  /** Of its body, as far as it is known. */
  length: number
  /** What the reader had taken at the beginning of the window, and at the last look. */
  takenBefore: number
  takenLast: number
  windowAt: number
}

/** A piece is taken or not: of a larger one nobody sees how much was. */
const pieceBytes = 64 * 1024

/**
 * Ends the answers of readers who take (nearly) nothing: each holds its connection and what it has not read. Event streams have their own
 * limits.
 */
export function endSlowReaders(app: App, limits: Partial<SlowReaderLimits> = {}): void {
  const all = { ...usualLimits, ...limits }
  const open = new Map<ServerResponse, OpenAnswer>()
  const closing = new AbortController()

  // Before the body is sent: it is cut into pieces.
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    const { raw: response } = reply
    const bytes =
      typeof payload === 'string'
        ? Buffer.from(payload)
        : Buffer.isBuffer(payload)
          ? payload
          : undefined
    const length = bytes?.length ?? 0
    if (bytes !== undefined && length <= pieceBytes) return done()
    if (request.method === 'HEAD' || payload === undefined || payload === null) return done()
    const taken = takenOf(response)
    const answer = { response, length, takenBefore: taken, takenLast: taken }
    open.set(response, { ...answer, windowAt: systemClock.monotonicMs() })
    response.once('close', () => open.delete(response))
    if (bytes === undefined) return done()
    void reply.header('content-length', length)
    return done(null, Readable.from(piecesOf(bytes), { objectMode: false }))
  })
  app.addHook('onReady', async () => void endSlowPeriodically())
  app.addHook('preClose', async () => closing.abort())

  async function endSlowPeriodically(): Promise<void> {
    while (!closing.signal.aborted) {
      await systemClock.sleep(all.lookEveryMs, closing.signal).catch(() => undefined)
      endSlow(open.values(), all)
    }
  }
}

function endSlow(open: Iterable<OpenAnswer>, limits: SlowReaderLimits): void {
  const now = systemClock.monotonicMs()
  const stalled: { readonly answer: OpenAnswer; readonly unread: number }[] = []
  let total = 0
  for (const answer of open) {
    const { response, takenBefore, takenLast, length } = answer
    const taken = takenOf(response)
    const unread = Math.max(length - (taken - takenBefore), waiting(response))
    total += unread
    if (taken === takenLast && waiting(response) > 0) stalled.push({ answer, unread })
    answer.takenLast = taken
    // Nothing waits for the reader: we are the slow ones.
    if (waiting(response) === 0 || taken - takenBefore >= limits.minBytes) {
      answer.length -= taken - takenBefore
      answer.takenBefore = taken
      answer.windowAt = now
    } else if (now - answer.windowAt >= limits.windowMs) {
      response.destroy()
      total -= unread
    }
  }
  for (const { answer, unread } of stalled) {
    if (total <= limits.maxUnreadBytes) return
    if (answer.response.destroyed) continue
    answer.response.destroy()
    total -= unread
  }
}

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

const waiting = ({ socket, writableLength }: ServerResponse) =>
  Math.max(writableLength, socket?.writableLength ?? 0)

/** Of the connection, since it began. */
const takenOf = ({ socket }: ServerResponse) =>
  socket === null ? 0 : socket.bytesWritten - socket.writableLength

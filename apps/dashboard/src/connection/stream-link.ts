/* oxlint-disable unicorn/require-post-message-target-origin -- Ports and channels have no target origin; only windows do. */
import { after, chance, now } from '../clock.ts'
import { isInFrame } from '../in-frame.ts'
import type { LiveStream } from './live-stream.ts'
import type { StreamCommand, StreamReport } from './messages.ts'

/** A tab's link to the one event stream of its browser. */
export interface StreamLink {
  post(command: StreamCommand): void
  close(): void
}

type Receive = (report: StreamReport) => void

/** Browsers allow six connections to a host over HTTP/1.1, so tabs share one stream: by a worker, or else by a lock. */
export function openStreamLink(receive: Receive): StreamLink {
  // In a frame of another site, Chromium sends no cookies from shared workers, not even those that are kept apart for each site.
  if (isInFrame || typeof SharedWorker !== 'function') return openByLock(receive)
  let link: StreamLink
  link = openByWorker(receive, () => {
    link = openByLock(receive)
  })
  return { post: (command) => link.post(command), close: () => link.close() }
}

/** `failed` is called when the script of the worker cannot be loaded. */
function openByWorker(receive: Receive, failed: () => void): StreamLink {
  const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
    name: 'authscript-events',
  })
  worker.addEventListener('error', failed)
  worker.port.addEventListener('message', ({ data }: MessageEvent<StreamReport>) => receive(data))
  worker.port.start()
  const post = (command: StreamCommand) => worker.port.postMessage(command)
  post('hello')
  return { post, close: () => post('bye') }
}

const sharedName = 'authscript-events'
const loadAgainMs = 5000

/** Only a browser without shared workers loads the script of the stream into the page. */
async function loadLiveStream(signal: AbortSignal): Promise<typeof LiveStream> {
  for (;;) {
    try {
      return (await import('./live-stream.ts')).LiveStream
    } catch (error) {
      if (signal.aborted) throw error
      await new Promise<void>((resume) => after(loadAgainMs, resume))
    }
  }
}

/** The tab that holds the lock reads for all tabs. When it is closed, the browser gives the lock to the next one. */
function openByLock(receive: Receive): StreamLink {
  const channel = new BroadcastChannel(sharedName)
  const closing = new AbortController()
  let stream: LiveStream | undefined
  const read = async () => {
    const Stream = await loadLiveStream(closing.signal)
    if (closing.signal.aborted) return
    stream = new Stream({
      fetch: (...request) => fetch(...request),
      now,
      chance,
      after,
      report(report) {
        receive(report)
        channel.postMessage({ report })
      },
    })
    stream.start()
    await new Promise<void>((release) => {
      closing.signal.addEventListener('abort', () => release())
    })
  }
  channel.onmessage = ({
    data,
  }: MessageEvent<{ readonly report?: StreamReport; readonly command?: StreamCommand }>) => {
    if (data.report !== undefined) receive(data.report)
    if (data.command !== undefined) stream?.handle(data.command)
  }
  const post = (command: StreamCommand) => {
    if (stream === undefined) channel.postMessage({ command })
    else if (command !== 'bye') stream.handle(command)
  }
  // A page that is not served over TLS has no locks, so each tab reads for itself.
  if (navigator.locks === undefined) read().catch(() => undefined)
  else {
    // Rejects only when the tab is closed before it got the lock, or before the script was there.
    navigator.locks.request(sharedName, { signal: closing.signal }, read).catch(() => undefined)
  }
  post('hello')
  return {
    post,
    close() {
      closing.abort()
      stream?.stop()
      channel.close()
    },
  }
}

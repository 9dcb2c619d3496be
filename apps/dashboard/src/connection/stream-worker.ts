import { after, chance, now } from '../clock.ts'
import { LiveStream } from './live-stream.ts'
import type { StreamCommand } from './messages.ts'

/** The shared worker: one event stream for all tabs of the browser. */

interface Scope {
  onconnect: ((event: MessageEvent) => void) | null
}

const ports = new Set<MessagePort>()
const stream = new LiveStream({
  fetch: (...request) => fetch(...request),
  now,
  chance,
  after,
  report(report) {
    for (const port of ports) port.postMessage(report)
  },
})

// The library for pages does not declare the scope of a shared worker.
const scope = globalThis as unknown as Scope
scope.onconnect = ({ ports: [port] }) => {
  if (port === undefined) return
  if (ports.size === 0) stream.start()
  ports.add(port)
  port.onmessage = ({ data: command }: MessageEvent<StreamCommand>) => {
    if (command === 'hello') port.postMessage(stream.state)
    else stream.handle(command)
    if (command !== 'bye') return
    ports.delete(port)
    port.close()
    if (ports.size === 0) stream.stop()
  }
}

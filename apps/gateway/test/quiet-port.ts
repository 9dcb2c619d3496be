import { once } from 'node:events'
import { createServer } from 'node:net'

/** Linux takes the ports of outgoing connections, and of servers that ask for any, from 32768 on. */
const [lowest, highest] = [20_000, 32_000] as const

/**
 * A port that nobody listens on, for a server that is configured with it before it starts, or that returns to it. A port that was free a
 * moment ago may be taken by any connection of the machine; these are not.
 */
export async function quietPort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest))
    const probe = createServer().listen(port, '127.0.0.1')
    try {
      await once(probe, 'listening')
    } catch {
      continue
    }
    probe.close()
    await once(probe, 'close')
    return port
  }
}

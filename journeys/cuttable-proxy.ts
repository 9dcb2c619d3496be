import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The network between a browser and the gateway, which a test can cut or freeze. Its address stays when the gateway restarts. */
export interface CuttableProxy extends AsyncDisposable {
  readonly address: string
  /** Closes every connection, and refuses new ones. */
  cut(): void
  /** Keeps connections open, and carries nothing any more: what a computer that slept finds. */
  freeze(): void
  /** New connections work again. */
  heal(): void
  /** The connections that are open now. */
  readonly openCount: number
}

/** @param target the address of the gateway now */
export async function startCuttableProxy(target: () => string): Promise<CuttableProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let state: 'open' | 'cut' | 'frozen' = 'open'
  const server = createServer((browser) => {
    if (state === 'cut') {
      browser.destroy()
      return
    }
    const { hostname, port } = new URL(target())
    const gateway = connect(Number(port), hostname)
    const pair = [browser, gateway] as const
    pairs.add(pair)
    for (const [from, to] of [pair, [gateway, browser] as const]) {
      from.on('data', (bytes) => {
        if (state !== 'frozen') to.write(bytes)
      })
      from.on('error', () => to.destroy())
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
  })
  const closeAll = () => {
    for (const [browser, gateway] of pairs) {
      browser.destroy()
      gateway.destroy()
    }
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    get openCount() {
      return pairs.size
    },
    cut() {
      state = 'cut'
      closeAll()
    },
    freeze: () => void (state = 'frozen'),
    heal: () => void (state = 'open'),
    async [Symbol.asyncDispose]() {
      closeAll()
      server.close()
    },
  }
}

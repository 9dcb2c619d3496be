import { pause } from './wait-until.ts'

const retryMs = 100

/** Follows the event stream as a dashboard does, across the death of nodes, and records each sequence number it receives. */
export class EventRecorder {
  readonly #addresses: () => readonly string[]
  readonly #key: string
  readonly #stopping = new AbortController()
  readonly seen: number[] = []
  gaps = 0
  connections = 0
  #last = 0
  #reading: Promise<void> = Promise.resolve()

  constructor(addresses: () => readonly string[], key: string) {
    this.#addresses = addresses
    this.#key = key
  }

  start(): void {
    this.#reading = this.#readUntilStopped()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#reading
  }

  async #readUntilStopped(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const addresses = this.#addresses()
      // A different node each time, because any node can continue the stream.
      const address = addresses[this.connections % Math.max(1, addresses.length)]
      if (address !== undefined) await this.#readFrom(address).catch(() => undefined)
      if (!signal.aborted) await pause(retryMs)
    }
  }

  async #readFrom(address: string): Promise<void> {
    const response = await fetch(
      `${address}/api/events?contract=event-message&lastEventId=${this.#last}`,
      { headers: { 'x-api-key': this.#key }, signal: this.#stopping.signal },
    )
    if (response.status !== 200) return
    this.connections += 1
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true })
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        this.#take(text.slice(0, end))
        text = text.slice(end + 2)
      }
    }
  }

  #take(block: string): void {
    if (block.includes('event: gap')) this.gaps += 1
    const id = /^id: (\d+)$/m.exec(block)?.[1]
    if (id === undefined) return
    this.#last = Number(id)
    this.seen.push(this.#last)
  }
}

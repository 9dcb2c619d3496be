import { EventEmitter } from 'node:events'
import type { Client } from 'pg'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { createNotifications } from './notifications.ts'

/** A connection as the driver makes it, as far as listening needs it. */
class FakeConnection extends EventEmitter {
  isEnded = false
  readonly #failing: boolean

  constructor({ failing = false } = {}) {
    super()
    this.#failing = failing
  }

  async query(): Promise<void> {
    if (this.#failing) throw new Error('refused')
  }

  async end(): Promise<void> {
    this.isEnded = true
    this.emit('end')
  }
}

/** Listens on connections that the test hands out one by one. */
function listening() {
  const asked: ((connection: FakeConnection) => void)[] = []
  const asks = new EventEmitter()
  const notifications = createNotifications({
    connect: () =>
      new Promise((resolve) => {
        // Only what listening calls is there.
        asked.push((connection) => resolve(connection as unknown as Client))
        asks.emit('asked')
      }),
    channels: ['one', 'two'],
    reconnectMs: 1,
    clock: systemClock,
    onDisconnect: () => undefined,
  })
  return {
    notifications,
    async give(connection: FakeConnection): Promise<FakeConnection> {
      while (asked.length === 0) await new Promise((resolve) => asks.once('asked', resolve))
      asked.shift()?.(connection)
      return connection
    },
    async whenAsked(): Promise<void> {
      while (asked.length === 0) await new Promise((resolve) => asks.once('asked', resolve))
    },
  }
}

describe('the listening connection', () => {
  it('is ended when everything stops', async () => {
    const { notifications, give } = listening()
    const [connection] = await Promise.all([give(new FakeConnection()), notifications.start()])

    await notifications.stop()

    expect(connection.isEnded).toBe(true)
  })

  it('that comes while everything stops is ended too', async () => {
    const { notifications, give, whenAsked } = listening()
    const [first] = await Promise.all([give(new FakeConnection()), notifications.start()])
    first.emit('end')
    await whenAsked()

    const stopped = notifications.stop()
    const late = await give(new FakeConnection())
    await stopped

    expect(late.isEnded).toBe(true)
  })

  it('that cannot listen is ended, and another is made', async () => {
    const { notifications, give } = listening()
    const [first] = await Promise.all([give(new FakeConnection()), notifications.start()])
    first.emit('error', new Error('broken'))

    const useless = await give(new FakeConnection({ failing: true }))
    const useful = await give(new FakeConnection())

    expect(useless.isEnded).toBe(true)
    await notifications.stop()
    expect(useful.isEnded).toBe(true)
  })

  it('that cannot listen at the start is ended, and the start fails', async () => {
    const { notifications, give } = listening()
    const connection = new FakeConnection({ failing: true })

    const started = Promise.all([give(connection), notifications.start()])

    await expect(started).rejects.toThrow('refused')
    expect(connection.isEnded).toBe(true)
    await notifications.stop()
  })
})

import type { Client } from 'pg'
import type { Clock } from '../clock.ts'

/** Notifications of commits. One can be lost with a connection, so every subscriber also polls. */
export interface Notifications {
  /**
   * Calls `onNotification` for each notification and after each reconnect, because some may have been missed. Returns a function that
   * unsubscribes.
   */
  subscribe(channel: string, onNotification: () => void): () => void
  start(): Promise<void>
  stop(): Promise<void>
}

export interface NotificationOptions {
  connect(): Promise<Client>
  readonly channels: readonly string[]
  readonly reconnectMs: number
  readonly clock: Clock
  onDisconnect(error: unknown): void
}

interface Listening {
  readonly client: Client
  /** Resolves when the connection has ended, whichever event reports it. */
  readonly ended: Promise<void>
}

/** One connection listens for all modules and reconnects when it is lost. */
export function createNotifications(options: NotificationOptions): Notifications {
  const subscribers = new Map<string, Set<() => void>>()
  const stopping = new AbortController()
  let listening: Listening | undefined
  let watching: Promise<void> = Promise.resolve()

  const notify = (channel: string) => {
    for (const onNotification of subscribers.get(channel) ?? []) onNotification()
  }

  async function listen(): Promise<Listening> {
    const client = await options.connect()
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    client.on('error', () => resolve())
    client.on('end', () => resolve())
    client.on('notification', (message) => notify(message.channel))
    try {
      for (const channel of options.channels) await client.query(`listen ${channel}`)
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    return { client, ended }
  }

  async function watch(): Promise<void> {
    for (;;) {
      if (listening !== undefined) {
        await listening.ended
        await listening.client.end().catch(() => undefined)
        listening = undefined
        if (stopping.signal.aborted) return
        options.onDisconnect(new Error('the listening connection ended'))
      }
      try {
        listening = await listen()
        // It was opened while `stop` was running: nothing else would end it.
        if (stopping.signal.aborted) return await listening.client.end()
        for (const channel of options.channels) notify(channel)
      } catch (error) {
        if (stopping.signal.aborted) return
        options.onDisconnect(error)
        await options.clock.sleep(options.reconnectMs, stopping.signal).catch(() => undefined)
        if (stopping.signal.aborted) return
      }
    }
  }

  return {
    subscribe(channel, onNotification) {
      const channelSubscribers = subscribers.get(channel) ?? new Set()
      subscribers.set(channel, channelSubscribers.add(onNotification))
      return () => void channelSubscribers.delete(onNotification)
    },
    async start() {
      listening = await listen()
      watching = watch()
    },
    async stop() {
      stopping.abort()
      await listening?.client.end().catch(() => undefined)
      await watching
    },
  }
}

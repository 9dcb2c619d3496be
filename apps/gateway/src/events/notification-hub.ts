import { type GatewayEvent, type Notification, toNotification } from '@authscript/prior-auth'
import type { StreamItem } from './event-stream.ts'

/** What the hub needs of the orchestrator. */
export interface EventBroadcast {
  publishEvent(event: GatewayEvent): void
  getEventStream(options: { signal: AbortSignal }): AsyncIterable<StreamItem>
}

/**
 * The original's INotificationHub, on top of the orchestrator: write becomes publishEvent, and each reader gets a stream of its own
 * (the original had one stream for all its readers).
 *
 * @deprecated write with `orchestrator.publishEvent`, read with `orchestrator.getEventStream`
 */
export class NotificationHub {
  readonly #broadcast: EventBroadcast

  constructor(broadcast: EventBroadcast) {
    this.#broadcast = broadcast
  }

  write(event: GatewayEvent): void {
    this.#broadcast.publishEvent(event)
  }

  async *readAll(signal: AbortSignal): AsyncGenerator<Notification> {
    for await (const item of this.#broadcast.getEventStream({ signal })) {
      const notification = item.kind === 'event' ? toNotification(item.event) : undefined
      if (notification !== undefined) yield notification
    }
  }
}

import { randomUUID } from 'node:crypto'
import { type Clock, systemClock } from '../clock.ts'

/** An event as it is broadcast. */
export interface EventMessage<Data = unknown> {
  readonly id: string
  readonly eventType: string
  /** The same for every event of one piece of work. */
  readonly correlationId: string
  /** ISO 8601. */
  readonly timestamp: string
  readonly source: string
  readonly data: Data
  /** The position in a durable log, if there is one. */
  readonly sequence?: number
}

/** A new event with an id and the time (the seed's EventMessage.Create). */
export function createEventMessage<Data>(
  event: Pick<EventMessage<Data>, 'eventType' | 'correlationId' | 'source' | 'data'>,
  clock: Clock = systemClock,
): EventMessage<Data> {
  return { id: randomUUID(), timestamp: new Date(clock.now()).toISOString(), ...event }
}

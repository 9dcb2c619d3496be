import { type Operations, places } from './api.ts'
import { type EventStreamOptions, readEvents, type StreamItem } from './event-stream.ts'
import type { Result } from './result.ts'
import { type Connection, type Input, type Place, sendRequest } from './send-request.ts'

export type OperationName = keyof Operations

export interface ClientOptions {
  /** The gateway's address, such as `https://gateway.example.org`. */
  readonly baseUrl: string
  /** A key with the roles that the operations need. */
  readonly apiKey: string
  /** How often a request is sent again when it had no answer or the gateway was busy. @default 2 */
  readonly retries?: number
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch
}

type InputOf<Name extends OperationName> = Operations[Name]['input'] & {
  readonly signal?: AbortSignal | undefined
}

type Call<Name extends OperationName> =
  Record<string, never> extends Operations[Name]['input']
    ? (input?: InputOf<Name>) => Promise<Result<Name>>
    : (input: InputOf<Name>) => Promise<Result<Name>>

/** A function for each operation, by its `operationId`, and the live stream. */
export type Client = { readonly [Name in OperationName]: Call<Name> } & {
  /**
   * What happens from now on, or since `lastEventId`, until the signal aborts. It connects again by itself and misses nothing; where the
   * gateway had to leave something out, it says so by an item of kind `gap`.
   *
   * @throws {ApiError} the gateway refuses the stream
   */
  events(options?: EventStreamOptions): AsyncGenerator<StreamItem, void, undefined>
}

/** A client of one gateway. Failures are answers (`ok: false`), distinguished by `problem.code`; see `dataOf`. */
export function createClient(options: ClientOptions): Client {
  const { baseUrl, apiKey, retries = 2, fetch = globalThis.fetch } = options
  if (!URL.canParse(baseUrl)) throw new TypeError(`baseUrl: expected an address, got ${baseUrl}`)
  const connection: Connection = { baseUrl, apiKey, retries, fetch }
  const calls = Object.entries<Place>(places).map(([name, place]) => [
    name,
    (input: Input = {}) => sendRequest(connection, place, input),
  ])
  return {
    // The types of `places` and `Operations` were generated together.
    ...(Object.fromEntries(calls) as Omit<Client, 'events'>),
    events: (stream = {}) => readEvents(connection, stream),
  }
}

/** The messages between the one reader of the event stream and the tabs. */

/** The part of an event that says which data is outdated. */
export interface LiveEvent {
  readonly eventType: string
  readonly encounterId: string | undefined
  readonly workItemId: string | undefined
}

export type StreamReport =
  /** The stream is open, and something arrived at `at`. Silence for longer than `heartbeatMs` means that it is lost. */
  | { readonly kind: 'alive'; readonly at: number; readonly heartbeatMs: number }
  | { readonly kind: 'events'; readonly events: readonly LiveEvent[] }
  /** Events may have been missed: what was read before is to be read again. */
  | { readonly kind: 'behind' }
  | { readonly kind: 'lost' }
  /** The gateway does not know the session: the reader waits until somebody signs in. */
  | { readonly kind: 'signed_out' }
  /** Somebody signed out in one of the tabs. */
  | { readonly kind: 'left' }

export type StreamCommand =
  /** Asks for the present state. */
  | 'hello'
  /** The computer may have slept, or the network is back. */
  | 'check'
  /** Somebody signed in. */
  | 'open'
  /** Somebody signed out. */
  | 'leave'
  /** The tab is closed. */
  | 'bye'

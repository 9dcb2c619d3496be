/** What a call that runs under a policy may use. */
export interface CallContext {
  /** 1 for the first attempt. */
  readonly attempt: number
  /** Aborts at the time limit of this attempt and when the caller's signal aborts; `reason` says which. */
  readonly signal: AbortSignal
}

/** `CallContext`, and what the layers of a policy tell each other. */
export interface LayerContext extends CallContext {
  /** A call whose outcome was decided by an abort still runs; `settled` resolves when it has ended. */
  onOutlived(settled: Promise<void>): void
}

export type LayerCall = (context: LayerContext) => Promise<unknown>

/** One protection around a call: decides whether, when and how often to make it. */
export type Layer = (call: LayerCall, context: LayerContext) => Promise<unknown>

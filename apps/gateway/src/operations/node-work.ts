/** What stops and continues when an operator drains a node. */
export interface DrainedPart {
  hold(): void
  takeUp(): void
}

export interface NodeWorkOptions {
  /** Takes jobs from the queue, and holds their leases. */
  readonly leases: DrainedPart & { readonly heldCount: number }
  readonly poller: DrainedPart
  readonly orchestrator: { readonly stats: { readonly paused: boolean } }
}

/**
 * Whether this node takes new work. A drained node polls and leases nothing, finishes what it holds, and continues serving people; the
 * other nodes do the work. It ends with this process: after a restart the node works.
 */
export class NodeWork {
  readonly #options: NodeWorkOptions
  #isDrained = false

  constructor(options: NodeWorkOptions) {
    this.#options = options
  }

  get isDrained(): boolean {
    return this.#isDrained
  }

  drain(): void {
    this.#isDrained = true
    this.#options.poller.hold()
    this.#options.leases.hold()
  }

  takeUp(): void {
    this.#isDrained = false
    this.#options.leases.takeUp()
    this.#options.poller.takeUp()
  }

  get state(): 'working' | 'paused' | 'draining' | 'drained' {
    const { leases, orchestrator } = this.#options
    if (this.#isDrained) return leases.heldCount > 0 ? 'draining' : 'drained'
    return orchestrator.stats.paused ? 'paused' : 'working'
  }
}

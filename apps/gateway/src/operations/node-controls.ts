import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { NodeWork } from './node-work.ts'

export interface NodeControlsOptions {
  readonly nodeId: string
  readonly store: Pick<Store, 'nodes' | 'processingPause'>
  readonly work: Pick<NodeWork, 'state' | 'isDrained' | 'drain' | 'takeUp'>
  readonly orchestrator: {
    readonly stats: { readonly paused: boolean }
    pause(): void
    resume(): void
    resize(workerCount: number): void
  }
  readonly log: Pick<Log, 'info' | 'warn'>
}

/**
 * Does what operators asked of this node, at whichever node they asked. What is asked for is a state in the database: applying it twice
 * changes nothing, and a node that missed the notification applies it with its next report.
 */
export class NodeControls {
  readonly #options: NodeControlsOptions
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: NodeControlsOptions) {
    this.#options = options
  }

  /** Resolves when what is committed now is done. One call at a time, so that an older reading is never applied last. */
  apply(): Promise<void> {
    const applied = this.#last.then(() => this.#apply())
    this.#last = applied.catch(() => undefined)
    return applied
  }

  async #apply(): Promise<void> {
    const { nodeId, store, work, orchestrator, log } = this.#options
    const [asked, pause] = await Promise.all([
      store.nodes.askedOf(nodeId),
      store.processingPause.current(),
    ])
    const isPaused = pause !== undefined
    if (isPaused !== orchestrator.stats.paused) {
      if (isPaused) orchestrator.pause()
      else orchestrator.resume()
      log.info(
        { state: isPaused ? 'paused' : 'working' },
        'an operator paused or resumed all nodes',
      )
    }
    if (asked === undefined) return
    const { asked_state: state, asked_workers: workers } = asked
    if (state !== null && (state === 'drained') !== work.isDrained) {
      if (state === 'drained') work.drain()
      else work.takeUp()
      log.info({ state: work.state }, 'an operator drained this node or let it take up work')
    }
    if (state === 'working') await store.nodes.takenUp(nodeId)
    if (workers === null) return
    orchestrator.resize(workers)
    await store.nodes.workersSet(nodeId, workers)
  }
}

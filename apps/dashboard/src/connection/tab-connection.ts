import type { LiveEvent, StreamReport } from './messages.ts'
import type { StreamLink } from './stream-link.ts'

/**
 * `live`: what the page shows is current. `lost`: it shows what was read at `heardAt`, and reconnects by itself. `signed_out`: the session
 * is over. `left`: somebody signed out, here or in another tab.
 */
export interface ConnectionState {
  readonly status: 'connecting' | 'live' | 'lost' | 'signed_out' | 'left'
  /** The minute in which something was last received from the gateway; undefined before the first time. */
  readonly heardAt: number | undefined
}

const minute = 60_000

export interface ConnectionListener {
  onEvents(events: readonly LiveEvent[]): void
  /** Everything that was read before may be old. */
  onBehind(): void
}

/** A reader may be busy or slow. After this long without a message it is lost, whatever it reported before. */
const silentIntervals = 3

/** What a connection needs of its tab. */
export interface Tab {
  now(): number
  /** Both return how to end it. */
  every(intervalMs: number, work: () => void): () => void
  openLink(receive: (report: StreamReport) => void): StreamLink
  /** `onSeen`: the page is visible again, or the network is back. `onHidden`: the browser hides the page, perhaps to restore it. */
  watchPage(page: { onSeen(): void; onHidden(isKept: boolean): void }): () => void
  /** Runs once, when the browser brings the page back. */
  onceShown(work: () => void): void
}

/** This tab's view of the event stream. It relies on the clock more than on the last message of the reader. */
export class Connection {
  readonly #tab: Tab
  #state: ConnectionState = { status: 'connecting', heardAt: undefined }
  #heardAt: number | undefined
  #heartbeatMs = 15_000
  #link: StreamLink | undefined
  #stopWatching = (): void => undefined
  readonly #watchers = new Set<() => void>()
  readonly #listeners = new Set<ConnectionListener>()

  constructor(tab: Tab) {
    this.#tab = tab
  }

  readonly state = (): ConnectionState => this.#state

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  listen(listener: ConnectionListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Opens the link when there is none. */
  start(): void {
    if (this.#link !== undefined) return
    this.#change('connecting')
    this.#link = this.#tab.openLink((report) => this.#receive(report))
    const stopTicking = this.#tab.every(1000, () => this.#notice())
    const stopWatchingPage = this.#tab.watchPage({
      onSeen: () => this.check(),
      // A page in the browser's back/forward cache holds no connection.
      onHidden: (isKept) => {
        this.stop()
        if (isKept) this.#tab.onceShown(() => this.start())
      },
    })
    this.#stopWatching = () => {
      stopTicking()
      stopWatchingPage()
    }
  }

  stop(): void {
    this.#stopWatching()
    this.#link?.close()
    this.#link = undefined
  }

  /** Reconnects now, if the connection is lost. */
  check(): void {
    this.#link?.post('check')
    this.#notice()
  }

  /** Somebody signed in. */
  open(): void {
    if (this.#link === undefined) this.start()
    this.#link?.post('open')
    // Otherwise the page that is shown now would go to the sign-in at once.
    if (this.#state.status === 'left') this.#change('connecting')
  }

  /** Somebody signed out: no tab shows anything any more. */
  leave(): void {
    this.#link?.post('leave')
    this.#heardAt = undefined
    this.#change('left')
  }

  #receive(report: StreamReport): void {
    switch (report.kind) {
      case 'alive':
        this.#heartbeatMs = report.heartbeatMs
        // The reader has not noticed yet that its stream is silent: its message is older than what this tab knows.
        if (this.#isSilentSince(report.at)) return
        this.#heardAt = report.at
        this.#change('live')
        break
      case 'events':
        for (const listener of this.#listeners) listener.onEvents(report.events)
        break
      case 'behind':
        for (const listener of this.#listeners) listener.onBehind()
        break
      case 'lost':
        // Before the first connection there is nothing to lose.
        if (this.#heardAt !== undefined) this.#change('lost')
        break
      case 'signed_out':
      case 'left':
        this.#change(report.kind)
        break
      default:
        report satisfies never
    }
  }

  /** The browser may have stopped the reader: then nobody says that the connection is lost. */
  #notice(): void {
    if (this.#state.status !== 'live' || this.#heardAt === undefined) return
    if (!this.#isSilentSince(this.#heardAt)) return
    this.#change('lost')
    this.#link?.close()
    this.#link = this.#tab.openLink((report) => this.#receive(report))
  }

  #isSilentSince(time: number): boolean {
    return this.#tab.now() - time >= silentIntervals * this.#heartbeatMs
  }

  #change(status: ConnectionState['status']): void {
    const heardAt = this.#heardAt && Math.floor(this.#heardAt / minute) * minute
    if (status === this.#state.status && heardAt === this.#state.heardAt) return
    this.#state = { status, heardAt }
    for (const watcher of this.#watchers) watcher()
  }
}

/** A stream that stays open until its holder closes it or another holder needs its place. */
interface Closable {
  /** Its holder lost the place. */
  close(): void
}

/**
 * A limited number of places for open streams. They are shared fairly: when all are taken, the holder with the most loses one to a holder
 * with fewer, so that nobody can keep everybody else out.
 */
export class StreamPlaces<Stream extends Closable> {
  readonly #count: number
  readonly #heldBy = new Map<string, Set<Stream>>()
  #taken = 0

  constructor(count: number) {
    this.#count = count
  }

  /** False when no place is free and nobody holds more than this holder would. */
  take(holder: string, stream: Stream): boolean {
    const own = this.#heldBy.get(holder)
    if (this.#taken >= this.#count && !this.#freePlace(own?.size ?? 0)) return false
    if (own === undefined) this.#heldBy.set(holder, new Set([stream]))
    else own.add(stream)
    this.#taken += 1
    return true
  }

  /** Does nothing when the place was given up already. */
  release(holder: string, stream: Stream): void {
    const own = this.#heldBy.get(holder)
    if (own?.delete(stream) !== true) return
    this.#taken -= 1
    if (own.size === 0) this.#heldBy.delete(holder)
  }

  *[Symbol.iterator](): IterableIterator<Stream> {
    for (const streams of this.#heldBy.values()) yield* streams
  }

  #freePlace(held: number): boolean {
    let holder = ''
    let most: ReadonlySet<Stream> = new Set<Stream>()
    for (const [other, streams] of this.#heldBy) {
      if (streams.size <= most.size) continue
      holder = other
      most = streams
    }
    const latest = [...most].at(-1)
    // With a difference of one, two holders would take the place from each other again and again.
    if (latest === undefined || most.size <= held + 1) return false
    this.release(holder, latest)
    latest.close()
    return true
  }
}

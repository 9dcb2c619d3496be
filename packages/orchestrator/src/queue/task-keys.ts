import { LinkedList, type Linked } from './linked-list.ts'

/** Which keys are taken, and which entries wait for them. At most one entry holds a key at a time. */
export class TaskKeys<Entry extends Linked<Entry>> {
  /** Taken keys, with a list only where an entry waits. */
  readonly #taken = new Map<string, LinkedList<Entry> | undefined>()
  #waitingCount = 0

  /** Entries that wait for their key. */
  get waitingCount(): number {
    return this.#waitingCount
  }

  isTaken(key: string): boolean {
    return this.#taken.has(key)
  }

  /** The key must be free. */
  take(key: string): void {
    this.#taken.set(key, undefined)
  }

  /** Waits behind the entries with the same key; the key must be taken. */
  wait(key: string, entry: Entry): void {
    const waiting = this.#taken.get(key) ?? new LinkedList<Entry>()
    this.#taken.set(key, waiting)
    waiting.push(entry)
    this.#waitingCount += 1
  }

  /** The holder gives the key up. Returns the next holder, if an entry waits. */
  release(key: string): Entry | undefined {
    const next = this.#taken.get(key)?.shift()
    if (next === undefined) this.#taken.delete(key)
    else this.#waitingCount -= 1
    return next
  }

  /** Ends the wait of an entry that waits for this key. */
  leave(key: string, entry: Entry): void {
    this.#taken.get(key)?.remove(entry)
    this.#waitingCount -= 1
  }

  /** The waiting entries, key by key. */
  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const waiting of this.#taken.values()) if (waiting !== undefined) yield* waiting
  }
}

import { Ring } from './ring.ts'

export interface Queued {
  readonly priority: number
  readonly group: string
}

interface Level<Entry> {
  readonly priority: number
  readonly groups: Map<string, Ring<Entry>>
  /** Groups with entries, in the order of their turns. */
  readonly turns: Ring<string>
}

/**
 * Who is next: the highest priority first; within a priority, groups take turns; within a group, first in, first out. It keeps the
 * order only. How much may wait is the orchestrator's to count, because a retry that waits for its delay counts too.
 */
export class BoundedQueue<Entry extends Queued> {
  /** Highest priority first; there are few. */
  readonly #levels: Level<Entry>[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  push(entry: Entry): void {
    const level = this.#levelOf(entry.priority)
    let ring = level.groups.get(entry.group)
    if (ring === undefined) {
      ring = new Ring()
      level.groups.set(entry.group, ring)
      level.turns.push(entry.group)
    }
    ring.push(entry)
    this.#size += 1
  }

  /** The next entry whose group may run now; groups that may not keep their turn. */
  shift(mayRun: (group: string) => boolean): Entry | undefined {
    for (const level of this.#levels) {
      for (let tried = level.turns.size; tried > 0; tried -= 1) {
        const group = level.turns.shift() as string
        const ring = level.groups.get(group) as Ring<Entry>
        const entry = mayRun(group) ? ring.shift() : undefined
        if (ring.size > 0) level.turns.push(group)
        else level.groups.delete(group)
        if (entry === undefined) continue
        this.#size -= 1
        return entry
      }
    }
    return undefined
  }

  /** Takes out an entry wherever it is; false when it is not here. */
  remove(entry: Entry): boolean {
    const level = this.#levels.find((one) => one.priority === entry.priority)
    const ring = level?.groups.get(entry.group)
    if (level === undefined || ring === undefined || !ring.remove(entry)) return false
    if (ring.size === 0) {
      level.groups.delete(entry.group)
      level.turns.remove(entry.group)
    }
    this.#size -= 1
    return true
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const level of this.#levels) for (const ring of level.groups.values()) yield* ring
  }

  #levelOf(priority: number): Level<Entry> {
    const known = this.#levels.find((level) => level.priority === priority)
    if (known !== undefined) return known
    const level = { priority, groups: new Map<string, Ring<Entry>>(), turns: new Ring<string>() }
    this.#levels.push(level)
    this.#levels.sort((a, b) => b.priority - a.priority)
    return level
  }
}

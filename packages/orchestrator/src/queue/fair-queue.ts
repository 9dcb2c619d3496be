import type { GroupLimit } from './group-limit.ts'
import { LinkedList, type Linked } from './linked-list.ts'

export interface Queued<Entry> extends Linked<Entry> {
  readonly priority: number
  /** Empty for an entry without a group, which has no limit. */
  readonly group: string
}

/** The entries of one priority and group, first in, first out. It is among its level's turns while its group may start another entry. */
interface Lane<Entry extends Queued<Entry>> extends Linked<Lane<Entry>> {
  readonly group: string
  readonly priority: number
  readonly entries: LinkedList<Entry>
  hasTurn: boolean
}

interface Level<Entry extends Queued<Entry>> {
  readonly priority: number
  readonly lanes: Map<string, Lane<Entry>>
  readonly turns: LinkedList<Lane<Entry>>
}

/**
 * Decides which entry is next: the highest priority first; within a priority, groups take turns; within a group, first in, first out.
 * A group that runs as many entries as its limit allows has no turn until one of them ends (`release`).
 *
 * It has no bound of its own: the scheduler counts, because tasks that wait for a retry or a key count too.
 */
export class FairQueue<Entry extends Queued<Entry>> {
  /** Highest priority first. Only levels with entries are here. */
  readonly #levels: Level<Entry>[] = []
  readonly #limitOf: GroupLimit | undefined
  readonly #runningByGroup = new Map<string, number>()
  #size = 0
  /** Where the last entry was added, while it has entries: the next one is most often of the same priority and group. */
  #lastLane: Lane<Entry> | undefined

  constructor(limitOf?: GroupLimit) {
    this.#limitOf = limitOf
  }

  get size(): number {
    return this.#size
  }

  /** Whether this group may start another entry now. */
  isFree(group: string): boolean {
    if (this.#limitOf === undefined || group === '') return true
    return (this.#runningByGroup.get(group) ?? 0) < this.#limitOf(group)
  }

  push(entry: Entry): void {
    this.#size += 1
    const { group, priority } = entry
    const last = this.#lastLane
    if (last?.hasTurn === true && last.group === group && last.priority === priority) {
      last.entries.push(entry)
      return
    }
    const level = this.#levelOf(priority)
    let lane = level.lanes.get(group)
    if (lane === undefined) {
      lane = {
        group,
        priority,
        entries: new LinkedList(),
        hasTurn: false,
        previous: undefined,
        next: undefined,
      }
      level.lanes.set(group, lane)
    }
    lane.entries.push(entry)
    if (!lane.hasTurn && this.isFree(group)) giveTurn(level, lane)
    this.#lastLane = lane
  }

  /** Removes and returns the next entry whose group is free. It counts as running until `release`. */
  shift(): Entry | undefined {
    if (this.#size === 0) return undefined
    const levels = this.#levels
    for (let index = 0; index < levels.length; index += 1) {
      const level = levels[index] as Level<Entry>
      const lane = level.turns.first
      if (lane === undefined) continue
      const entry = lane.entries.shift() as Entry
      this.#size -= 1
      this.hold(entry.group)
      if (lane.entries.size === 0) this.#dropLane(level, lane)
      else if (lane.hasTurn && level.turns.size > 1)
        level.turns.push(level.turns.shift() as typeof lane)
      return entry
    }
    return undefined
  }

  /** Counts an entry of this group as running that never waited here. */
  hold(group: string): void {
    if (this.#limitOf === undefined || group === '') return
    this.#runningByGroup.set(group, (this.#runningByGroup.get(group) ?? 0) + 1)
    if (this.isFree(group)) return
    for (const level of this.#levels) {
      const lane = level.lanes.get(group)
      if (lane?.hasTurn === true) takeTurn(level, lane)
    }
  }

  /** An entry of this group no longer runs, so the group may start another. */
  release(group: string): void {
    if (this.#limitOf === undefined || group === '') return
    const running = (this.#runningByGroup.get(group) as number) - 1
    if (running > 0) this.#runningByGroup.set(group, running)
    else this.#runningByGroup.delete(group)
    if (!this.isFree(group)) return
    for (const level of this.#levels) {
      const lane = level.lanes.get(group)
      if (lane?.hasTurn === false) giveTurn(level, lane)
    }
  }

  /** Removes an entry from anywhere in its lane. It must be in the queue. */
  remove(entry: Entry): void {
    const level = this.#levelOf(entry.priority)
    const lane = level.lanes.get(entry.group) as Lane<Entry>
    lane.entries.remove(entry)
    this.#size -= 1
    if (lane.entries.size === 0) this.#dropLane(level, lane)
  }

  *[Symbol.iterator](): IterableIterator<Entry> {
    for (const level of this.#levels) for (const lane of level.lanes.values()) yield* lane.entries
  }

  /** The first entry of each priority and group. The one that has waited longest is among them. */
  *heads(): IterableIterator<Entry> {
    for (const level of this.#levels)
      for (const lane of level.lanes.values()) yield lane.entries.first as Entry
  }

  #dropLane(level: Level<Entry>, lane: Lane<Entry>): void {
    if (lane === this.#lastLane) this.#lastLane = undefined
    if (lane.hasTurn) takeTurn(level, lane)
    level.lanes.delete(lane.group)
    if (level.lanes.size === 0) this.#levels.splice(this.#levels.indexOf(level), 1)
  }

  #levelOf(priority: number): Level<Entry> {
    let index = 0
    for (; index < this.#levels.length; index += 1) {
      const level = this.#levels[index] as Level<Entry>
      if (level.priority === priority) return level
      if (level.priority < priority) break
    }
    const level: Level<Entry> = { priority, lanes: new Map(), turns: new LinkedList() }
    this.#levels.splice(index, 0, level)
    return level
  }
}

function giveTurn<Entry extends Queued<Entry>>(level: Level<Entry>, lane: Lane<Entry>): void {
  level.turns.push(lane)
  lane.hasTurn = true
}

function takeTurn<Entry extends Queued<Entry>>(level: Level<Entry>, lane: Lane<Entry>): void {
  level.turns.remove(lane)
  lane.hasTurn = false
}

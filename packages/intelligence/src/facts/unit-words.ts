/** Units of notes that hold the same words: one unit, or all under one lead. */
interface Group {
  readonly units: readonly number[]
  isTaken: boolean
}

/** Which units of a chart's notes hold which words. Units are named by their place in the chart. */
export class UnitWords {
  readonly #groups = new Map<string, Group[]>()

  /** `units` may grow until they are taken. */
  add(words: Iterable<string>, units: readonly number[]): void {
    const group: Group = { units, isTaken: false }
    for (const word of words) {
      const known = this.#groups.get(word)
      if (known === undefined) this.#groups.set(word, [group])
      else if (known.at(-1) !== group) known.push(group)
    }
  }

  /** The units that hold one of these words and were not taken before. */
  take(words: ReadonlySet<string>): readonly number[] {
    const taken = new Set<number>()
    for (const [word, groups] of this.#groups) {
      if (!words.has(word)) continue
      this.#groups.delete(word)
      for (const group of groups) {
        if (group.isTaken) continue
        group.isTaken = true
        for (const unit of group.units) taken.add(unit)
      }
    }
    return [...taken]
  }
}

/** Units of notes of the same text, or under leads of the same text. */
interface Group {
  readonly units: number[]
  isTaken: boolean
}

/**
 * Which units of a chart's notes hold which words. Units are named by their place in the chart. Charts repeat themselves from note to note: what reads the same is
 * looked at once.
 */
export class UnitWords {
  readonly #wordsOf: (text: string) => Iterable<string>
  readonly #byText = new Map<string, Group>()
  readonly #byWord = new Map<string, Group[]>()

  constructor(wordsOf: (text: string) => Iterable<string>) {
    this.#wordsOf = wordsOf
  }

  /** A text that is of a unit, or governs it. */
  add(text: string, unit: number): void {
    const known = this.#byText.get(text)
    if (known !== undefined) {
      known.units.push(unit)
      return
    }
    const group: Group = { units: [unit], isTaken: false }
    this.#byText.set(text, group)
    for (const word of this.#wordsOf(text)) {
      const groups = this.#byWord.get(word)
      if (groups === undefined) this.#byWord.set(word, [group])
      else if (groups.at(-1) !== group) groups.push(group)
    }
  }

  /** The units that hold one of these words and were not taken before. */
  take(words: ReadonlySet<string>): readonly number[] {
    const taken = new Set<number>()
    for (const [word, groups] of this.#byWord) {
      if (!words.has(word)) continue
      this.#byWord.delete(word)
      for (const group of groups) {
        if (group.isTaken) continue
        group.isTaken = true
        for (const unit of group.units) taken.add(unit)
      }
    }
    return [...taken]
  }
}

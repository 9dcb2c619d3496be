/** Units of notes with the same text, or under lead-ins with the same text. */
interface Group {
  readonly units: number[]
  isTaken: boolean
}

/**
 * Which units of a chart's notes contain which words. Units are identified by their position in the chart.
 * Charts repeat text from note to note, so equal texts are processed once.
 */
export class WordIndex {
  readonly #wordsOf: (text: string) => Iterable<string>
  readonly #byText = new Map<string, Group>()
  readonly #byWord = new Map<string, Group[]>()

  constructor(wordsOf: (text: string) => Iterable<string>) {
    this.#wordsOf = wordsOf
  }

  /** Adds a text that belongs to a unit or governs it. */
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

  /** The units that contain one of these words and were not returned before. */
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

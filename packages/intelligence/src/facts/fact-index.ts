import type { Fact } from './fact.ts'

/** Something of the chart of which facts come: a unit of a note, an entry of a list. */
export interface FactPlace {
  /** Its facts; asked for once. */
  readonly read: () => readonly Fact[]
}

/**
 * Places in the order of the chart, by the concepts of which they may have facts. A place is read when one of its concepts is first asked for: of a long
 * chart a policy asks for little.
 */
export class FactIndex {
  readonly #places: FactPlace[] = []
  readonly #facts: (readonly Fact[] | undefined)[] = []
  readonly #byConcept = new Map<string, number[]>()

  /** `conceptIds`: every concept of which the place can have a fact, each once. */
  add(place: FactPlace, conceptIds: Iterable<string>): void {
    const index = this.#places.push(place) - 1
    for (const id of conceptIds) {
      const known = this.#byConcept.get(id)
      if (known === undefined) this.#byConcept.set(id, [index])
      else known.push(index)
    }
  }

  /** Facts of these concepts, and of no narrower ones, in the order of the chart. */
  factsOf(conceptIds: ReadonlySet<string>): readonly Fact[] {
    const indexes = new Set<number>()
    for (const id of conceptIds)
      for (const index of this.#byConcept.get(id) ?? []) indexes.add(index)
    return [...indexes]
      .sort((one, other) => one - other)
      .flatMap((index) => this.#read(index).filter((fact) => conceptIds.has(fact.conceptId)))
  }

  #read(index: number): readonly Fact[] {
    return (this.#facts[index] ??= this.#places[index]?.read() ?? [])
  }
}

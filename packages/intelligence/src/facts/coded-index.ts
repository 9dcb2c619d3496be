import { systemNameOf } from '../codes/system-name.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import type { CodeSet } from '../policy/criterion.ts'
import { type EntryReader, entryReaderOf, type Meaning } from './chart/chart-entry.ts'
import { plainCode } from './chart/code-index.ts'
import type { Fact } from './fact.ts'
import type { CodedPlace } from './facts-of-chart.ts'

/** Entries with the same codes and text, and so with the same meaning. */
interface Group {
  readonly meanings: readonly Meaning[]
  /** `loinc 2708-6` */
  readonly keys: readonly string[]
  /** Indexes into the chart, in order. */
  readonly at: number[]
}

/**
 * The coded entries of a chart, indexed by meaning. Charts repeat few codes: each is interpreted once, and its
 * entries become facts when a query needs them.
 */
export class CodedIndex {
  readonly #places: readonly CodedPlace[]
  readonly #groups = new Map<string, Group>()
  readonly #groupAt: Group[] = []
  readonly #byConcept = new Map<string, Set<Group>>()
  readonly #facts = new Map<number, readonly Fact[]>()

  constructor(places: readonly CodedPlace[], lexicon: LexiconView) {
    this.#places = places
    const reader = entryReaderOf(lexicon)
    for (const [index, place] of places.entries()) {
      const { code, bodySites, kinds } = place
      const key = JSON.stringify([code, bodySites, kinds])
      let group = this.#groups.get(key)
      if (group === undefined) {
        group = groupOf(place, reader)
        this.#groups.set(key, group)
        for (const { conceptId } of group.meanings)
          for (const id of yieldsOf(conceptId, lexicon)) this.#index(id, group)
      }
      group.at.push(index)
      this.#groupAt.push(group)
    }
  }

  /** Facts of exactly these concepts, in chart order. */
  factsOf(conceptIds: ReadonlySet<string>): readonly Fact[] {
    const groups = new Set<Group>()
    for (const id of conceptIds) for (const one of this.#byConcept.get(id) ?? []) groups.add(one)
    return this.#read(groups).filter((fact) => conceptIds.has(fact.conceptId))
  }

  /** Facts of entries with a code of one of these sets, in chart order. */
  factsWithCodes(sets: readonly CodeSet[]): readonly Fact[] {
    const groups = [...this.#groups.values()].filter(({ keys }) =>
      keys.some((key) => sets.some((set) => isIn(key, set))),
    )
    return this.#read(groups)
  }

  #index(conceptId: string, group: Group): void {
    if (conceptId === '') return
    const known = this.#byConcept.get(conceptId)
    if (known === undefined) this.#byConcept.set(conceptId, new Set([group]))
    else known.add(group)
  }

  #read(groups: Iterable<Group>): readonly Fact[] {
    const found = [...groups]
    const at = found.length === 1 ? (found[0]?.at ?? []) : found.flatMap((group) => group.at)
    const sorted = found.length === 1 ? at : at.toSorted((one, other) => one - other)
    return sorted.flatMap((index) => this.#factsAt(index))
  }

  #factsAt(index: number): readonly Fact[] {
    let facts = this.#facts.get(index)
    if (facts === undefined) {
      const meanings = this.#groupAt[index]?.meanings ?? []
      facts = meanings.flatMap((meaning) => this.#places[index]?.factsOf(meaning) ?? [])
      this.#facts.set(index, facts)
    }
    return facts
  }
}

function groupOf({ code, bodySites, kinds }: CodedPlace, reader: EntryReader): Group {
  const keys = code.codings.flatMap(({ system, code: one }) => {
    const name = systemNameOf(system)
    return name === undefined || one === undefined ? [] : [`${name} ${plainCode(one)}`]
  })
  return { meanings: reader.meaningsOf(code, bodySites, kinds), keys, at: [] }
}

/**
 * The concepts for which an entry with this meaning can give facts; for an observable, those that its values can
 * assert.
 */
function yieldsOf(conceptId: string, lexicon: LexiconView): readonly string[] {
  const values = lexicon.get(conceptId)?.values
  if (values === undefined) return [conceptId]
  const { normal, abnormal } = values
  return [conceptId, normal.asserts, normal.denies, abnormal.asserts, abnormal.denies].flatMap(
    (id) => id ?? [],
  )
}

function isIn(key: string, { system, codes = [], under = [], except = [] }: CodeSet): boolean {
  const isPart = (list: readonly string[]) =>
    list.some((code) => key.startsWith(`${system} ${plainCode(code)}`))
  const isListed = codes.some((code) => key === `${system} ${plainCode(code)}`)
  return (isListed || isPart(under)) && !isPart(except)
}

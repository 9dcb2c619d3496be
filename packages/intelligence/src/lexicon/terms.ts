import type { Concept } from './concept.ts'
import type { Abbreviation } from './guard.ts'
import { variantsOf } from './phrase.ts'
import { PhraseTrie, type Step } from './phrase-trie.ts'

/** What a term stands for. */
export interface Entry {
  readonly conceptId: string
  readonly abbreviation?: Abbreviation
}

const noWords: ReadonlySet<string> = new Set()

/** Kinds whose terms are not reversed: nobody writes "of spine lumbar". */
const fixedOrder: ReadonlySet<string> = new Set(['drug', 'score', 'device'])

/** All spellings of all concepts, compiled. */
export class Terms {
  readonly trie = new PhraseTrie<Entry>()
  readonly #firstWords = new Map<string, Set<string>>()

  constructor(concepts: readonly Concept[]) {
    for (const { id, kind, name, synonyms, abbreviations } of concepts) {
      const entry: Entry = { conceptId: id }
      const guarded = new Set(abbreviations?.map(({ text }) => text))
      for (const phrase of [name, ...(synonyms ?? [])]) {
        if (guarded.has(phrase)) continue
        for (const steps of variantsOf(phrase, !fixedOrder.has(kind))) this.#add(steps, entry)
      }
      for (const abbreviation of abbreviations ?? []) {
        for (const steps of variantsOf(abbreviation.text, false)) {
          this.#add(steps, { conceptId: id, abbreviation })
        }
      }
    }
    for (const { id, values } of concepts) {
      if (values === undefined) continue
      // "gait unsteady": the mention is of the concept that the value asserts.
      const { normal, abnormal } = values
      for (const said of [normal.asserts, normal.denies, abnormal.asserts, abnormal.denies])
        if (said !== undefined) for (const word of this.firstWordsOf(id)) this.#addWord(said, word)
    }
  }

  /** The first words of all terms that can give a mention of the concept. */
  firstWordsOf(conceptId: string): ReadonlySet<string> {
    return this.#firstWords.get(conceptId) ?? noWords
  }

  #add(steps: readonly Step[], entry: Entry): void {
    this.trie.add(steps, entry)
    const [first] = steps
    if (typeof first === 'string') this.#addWord(entry.conceptId, first)
  }

  #addWord(conceptId: string, word: string): void {
    const words = this.#firstWords.get(conceptId)
    if (words === undefined) this.#firstWords.set(conceptId, new Set([word]))
    else words.add(word)
  }
}

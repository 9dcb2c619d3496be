import type { Coding } from '@authscript/prior-auth'
import { systemNameOf } from '../../codes/system-name.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'

/** A code as it is compared: `m54.16` and `M5416` are one. */
export function plainCode(code: string): string {
  return code.trim().replaceAll('.', '').toUpperCase()
}

/** A code here is a branch of a tree that its first letters name. In the other systems the number that begins alike is another thing. */
const hierarchical: ReadonlySet<string> = new Set(['icd10cm', 'cpt', 'hcpcs'])
const longestCode = 24

/** Finds the concepts that a coding means: those of the longest code in the lexicon that it begins with. */
export class CodeIndex {
  readonly #concepts = new Map<string, string[]>()

  constructor(lexicon: LexiconView) {
    for (const { id, codes } of lexicon.concepts)
      for (const [system, list] of Object.entries(codes ?? {}))
        for (const code of list) {
          const key = `${system} ${plainCode(code)}`
          const known = this.#concepts.get(key)
          if (known === undefined) this.#concepts.set(key, [id])
          else known.push(id)
        }
  }

  conceptsOf({ system, code }: Coding): readonly Concept['id'][] {
    const name = systemNameOf(system)
    if (name === undefined || code === undefined) return []
    const plain = plainCode(code).slice(0, longestCode)
    const shortest = hierarchical.has(name) ? 1 : plain.length
    for (let length = plain.length; length >= shortest; length -= 1) {
      const found = this.#concepts.get(`${name} ${plain.slice(0, length)}`)
      if (found !== undefined) return found
    }
    return []
  }
}

const indexes = new WeakMap<LexiconView, CodeIndex>()

/** The index of a lexicon's codes, built once for it. */
export function codeIndexOf(lexicon: LexiconView): CodeIndex {
  let index = indexes.get(lexicon)
  if (index === undefined) {
    index = new CodeIndex(lexicon)
    indexes.set(lexicon, index)
  }
  return index
}

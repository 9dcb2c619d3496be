import type { Coding } from '@authscript/prior-auth'
import { systemNameOf } from '../../codes/system-name.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'

/** Normalizes a code for comparison: `m54.16` and `M5416` are equal. */
export function plainCode(code: string): string {
  return code.trim().replaceAll('.', '').toUpperCase()
}

/**
 * Systems whose codes are branches of a tree, so that a shared prefix means a shared meaning. In other systems
 * it does not.
 */
const hierarchical: ReadonlySet<string> = new Set(['icd10cm', 'cpt', 'hcpcs'])
const maxCodeLength = 24

/** Finds the concepts of a code: those of the longest lexicon code that it begins with. */
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
    const plain = plainCode(code).slice(0, maxCodeLength)
    const shortest = hierarchical.has(name) ? 1 : plain.length
    for (let length = plain.length; length >= shortest; length -= 1) {
      const found = this.#concepts.get(`${name} ${plain.slice(0, length)}`)
      if (found !== undefined) return found
    }
    return []
  }
}

const indexes = new WeakMap<LexiconView, CodeIndex>()

/** The index of a lexicon's codes, created once for it. */
export function codeIndexOf(lexicon: LexiconView): CodeIndex {
  let index = indexes.get(lexicon)
  if (index === undefined) {
    index = new CodeIndex(lexicon)
    indexes.set(lexicon, index)
  }
  return index
}

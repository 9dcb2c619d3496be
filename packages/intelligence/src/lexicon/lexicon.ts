import { CompiledLexicon, type Lexicon } from './compiled-lexicon.ts'
import { concept, type Concept } from './concept.ts'
import { readLexiconRows, readValueWords } from './read-lexicon.ts'
import type { ValueWords } from './value-words.ts'

export type { Lexicon } from './compiled-lexicon.ts'

/**
 * A lexicon of these concepts, which must be free of the errors that `lintLexicon` reports. @default the value
 * words of `values.yaml`
 */
export function createLexicon(
  concepts: readonly Concept[],
  values: ValueWords = readValueWords(),
): Lexicon {
  return new CompiledLexicon(concepts, values)
}

let loaded: Lexicon | undefined

/**
 * The product's lexicon, read from `packages/intelligence/lexicon/*.yaml` on the first call.
 *
 * @throws {ZodError} a row is not a concept
 */
export function loadLexicon(): Lexicon {
  loaded ??= createLexicon(readLexiconRows().map(({ row }): Concept => concept.parse(row)))
  return loaded
}

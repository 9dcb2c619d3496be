import type { Span } from '../../document/note-document.ts'
import type { ConceptTree } from '../chart-facts.ts'

/** Words without meaning for a name. */
const emptyWords: ReadonlySet<string> = new Set(
  'a an and any at by for from has had have her his in is it its my of on or the their to was were with'.split(
    ' ',
  ),
)
/** Words that a name cannot span: "the foot is fine, but his spirits drop". */
const separators: ReadonlySet<string> = new Set(
  'but cannot denied denies except however if neither never no nor not off than then though unless unlike while without'.split(
    ' ',
  ),
)
/** Inflections change only what follows this many letters: weak, weakness, weakened. */
const minStemLength = 5
/** This many other words may stand between two words of a name. */
const gap = 3

interface Word extends Span {
  readonly stem: string
  readonly isSeparator: boolean
}

/**
 * Finds where a passage names a concept, in any order and inflection and with other words between, even if the
 * lexicon does not know the wording: the shortest piece that has all words of the concept's name or of one of
 * its synonyms. Undefined if there is none. The stages cannot check what a passage means, but they can check
 * that it names what it is supposed to prove.
 */
export function placeOfName(
  passage: string,
  conceptId: string,
  concepts: ConceptTree,
): Span | undefined {
  const concept = concepts.get(conceptId)
  if (concept === undefined) return undefined
  const words = wordsOf(passage)
  return [concept.name, ...(concept.synonyms ?? [])]
    .flatMap((name) => shortestWith(new Set(wordsOf(name).map((one) => one.stem)), words) ?? [])
    .toSorted((one, other) => one.end - one.start - (other.end - other.start))
    .at(0)
}

/** Slides one window over the words. */
function shortestWith(wanted: ReadonlySet<string>, words: readonly Word[]): Span | undefined {
  if (wanted.size === 0) return undefined
  const lastOf = new Map<string, number>()
  let best: Span | undefined
  let parted = -1
  for (const [index, { stem, isSeparator, end }] of words.entries()) {
    if (isSeparator) parted = index
    if (!wanted.has(stem)) continue
    lastOf.set(stem, index)
    if (lastOf.size < wanted.size) continue
    const first = Math.min(...lastOf.values())
    const start = words[first]?.start
    if (start === undefined || first <= parted || index - first >= wanted.size * (gap + 1)) continue
    if (best === undefined || end - start < best.end - best.start) best = { start, end }
  }
  return best
}

/** The longest passage that is searched, in characters. */
const maxPassageLength = 2000

function wordsOf(text: string): readonly Word[] {
  return [...text.slice(0, maxPassageLength).matchAll(/[A-Za-z0-9]+/g)].flatMap(
    ({ 0: found, index }) => {
      const word = found.toLowerCase()
      if (emptyWords.has(word)) return []
      return [
        {
          start: index,
          end: index + found.length,
          stem: word.slice(0, minStemLength).replace(/(?<=^.{3,})s$/, ''),
          isSeparator: separators.has(word),
        },
      ]
    },
  )
}

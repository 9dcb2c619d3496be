import type { LexiconView } from '../lexicon/lexicon-view.ts'
import { yieldedBy } from './note/yields.ts'

/** Concepts that are asked for together, with the words that a unit of a note must hold to have a fact or mention of one. */
export interface AskedConcepts {
  readonly ids: ReadonlySet<string>
  readonly firstWords: ReadonlySet<string>
}

interface Asked {
  /** The named concepts and all that are narrower than one of them. */
  readonly narrower: AskedConcepts
  /** All that are wider than one of them and not among the narrower. */
  readonly wider: AskedConcepts
}

/** By the list that names them: a policy's lists are asked for again with every chart. */
const known = new WeakMap<LexiconView, WeakMap<readonly string[], Asked>>()

export function askedConcepts(conceptIds: readonly string[], lexicon: LexiconView): Asked {
  let ofLexicon = known.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = new WeakMap()
    known.set(lexicon, ofLexicon)
  }
  let asked = ofLexicon.get(conceptIds)
  if (asked === undefined) {
    asked = toAsked(conceptIds, lexicon)
    ofLexicon.set(conceptIds, asked)
  }
  return asked
}

function toAsked(conceptIds: readonly string[], lexicon: LexiconView): Asked {
  const narrower = new Set(conceptIds)
  const wider = new Set<string>()
  for (const { id } of lexicon.concepts) {
    if (conceptIds.some((one) => lexicon.isA(id, one))) narrower.add(id)
    else if (conceptIds.some((one) => lexicon.isA(one, id))) wider.add(id)
  }
  return { narrower: withWords(narrower, lexicon), wider: withWords(wider, lexicon) }
}

function withWords(ids: ReadonlySet<string>, lexicon: LexiconView): AskedConcepts {
  const firstWords = new Set<string>()
  for (const id of ids)
    for (const source of yieldedBy(id, lexicon))
      for (const word of lexicon.firstWordsOf(source)) firstWords.add(word)
  return { ids, firstWords }
}

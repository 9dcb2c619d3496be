import type { LexiconView } from '../lexicon/lexicon-view.ts'
import { yieldedBy } from './note/yields.ts'
import { Recalled } from './values/recalled.ts'

/** Concepts that are asked for together, with the words that a unit of a note must hold to have a fact or mention of one. */
export interface AskedConcepts {
  readonly ids: ReadonlySet<string>
  /** The concepts of whose mentions a fact of these may come. */
  readonly sources: ReadonlySet<string>
  readonly firstWords: ReadonlySet<string>
}

interface Asked {
  /** The named concepts and all that are narrower than one of them. */
  readonly narrower: AskedConcepts
  /** All that are wider than one of them and not among the narrower. */
  readonly wider: AskedConcepts
}

/** By their names: a policy's questions are asked again of every chart, and several of them ask for the same. */
const known = new WeakMap<LexiconView, Recalled<Asked>>()
/** Our own policies ask for some four hundred lists. */
const mostLists = 5_000

export function askedConcepts(conceptIds: readonly string[], lexicon: LexiconView): Asked {
  let ofLexicon = known.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = new Recalled(mostLists)
    known.set(lexicon, ofLexicon)
  }
  return ofLexicon.get(conceptIds.join(' '), () => toAsked(conceptIds, lexicon))
}

function toAsked(conceptIds: readonly string[], lexicon: LexiconView): Asked {
  const narrower = new Set(conceptIds)
  const wider = new Set<string>()
  for (const { id } of lexicon.concepts) {
    if (conceptIds.some((one) => lexicon.isA(id, one))) narrower.add(id)
    else if (conceptIds.some((one) => lexicon.isA(one, id))) wider.add(id)
  }
  // Who asks for the narrower ones asks for the wider ones next: units are searched for both at once.
  const sources = {
    narrower: sourcesOf(narrower, lexicon),
    wider: sourcesOf(wider, lexicon),
  }
  const firstWords = new Set(
    [...sources.narrower, ...sources.wider].flatMap((id) => [...lexicon.firstWordsOf(id)]),
  )
  return {
    narrower: { ids: narrower, sources: sources.narrower, firstWords },
    wider: { ids: wider, sources: sources.wider, firstWords },
  }
}

function sourcesOf(ids: ReadonlySet<string>, lexicon: LexiconView): ReadonlySet<string> {
  return new Set([...ids].flatMap((id) => yieldedBy(id, lexicon)))
}

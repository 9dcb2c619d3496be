import type { LexiconView } from '../lexicon/lexicon-view.ts'
import { yieldedBy } from './note/fact-sources.ts'
import { BoundedCache } from './values/bounded-cache.ts'

/** A set of queried concepts, with the words that a unit must contain to have a fact or mention of one of them. */
export interface ConceptSelection {
  readonly ids: ReadonlySet<string>
  /** The concepts whose mentions can give a fact of this set. */
  readonly sources: ReadonlySet<string>
  readonly firstWords: ReadonlySet<string>
}

interface SelectionPair {
  /** The queried concepts and everything narrower. */
  readonly narrower: ConceptSelection
  /** Everything wider than one of them, without `narrower`. */
  readonly wider: ConceptSelection
}

/**
 * Cached by concept ids, because a policy repeats its questions for every chart, and several questions share
 * concepts.
 */
const known = new WeakMap<LexiconView, BoundedCache<SelectionPair>>()
/** Our own policies use about four hundred different lists. */
const maxSelections = 5_000

export function selectConcepts(conceptIds: readonly string[], lexicon: LexiconView): SelectionPair {
  let ofLexicon = known.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = new BoundedCache(maxSelections)
    known.set(lexicon, ofLexicon)
  }
  return ofLexicon.get(conceptIds.join(' '), () => toAsked(conceptIds, lexicon))
}

function toAsked(conceptIds: readonly string[], lexicon: LexiconView): SelectionPair {
  const narrower = new Set(conceptIds)
  const wider = new Set<string>()
  for (const { id } of lexicon.concepts) {
    if (conceptIds.some((one) => lexicon.isA(id, one))) narrower.add(id)
    else if (conceptIds.some((one) => lexicon.isA(one, id))) wider.add(id)
  }
  // Callers ask for the narrower concepts first and then for the wider ones, so units are searched for both at
  // once.
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

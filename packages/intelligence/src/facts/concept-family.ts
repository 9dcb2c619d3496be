import type { LexiconView } from '../lexicon/lexicon-view.ts'

interface Family {
  readonly narrower: ReadonlySet<string>
  readonly wider: ReadonlySet<string>
}

const families = new WeakMap<LexiconView, Map<string, Family>>()

/** These concepts and all that are narrower than one of them. */
export function narrowerOf(conceptIds: readonly string[], lexicon: LexiconView): Set<string> {
  const all = new Set<string>()
  for (const id of conceptIds) for (const one of familyOf(id, lexicon).narrower) all.add(one)
  return all
}

/** These concepts and all that are wider than one of them. */
export function widerOf(conceptIds: readonly string[], lexicon: LexiconView): Set<string> {
  const all = new Set<string>()
  for (const id of conceptIds) for (const one of familyOf(id, lexicon).wider) all.add(one)
  return all
}

function familyOf(conceptId: string, lexicon: LexiconView): Family {
  let ofLexicon = families.get(lexicon)
  if (ofLexicon === undefined) {
    ofLexicon = new Map()
    families.set(lexicon, ofLexicon)
  }
  let family = ofLexicon.get(conceptId)
  if (family === undefined) {
    const ids = [...lexicon.concepts].map(({ id }) => id)
    family = {
      narrower: new Set([conceptId, ...ids.filter((id) => lexicon.isA(id, conceptId))]),
      wider: new Set([conceptId, ...ids.filter((id) => lexicon.isA(conceptId, id))]),
    }
    ofLexicon.set(conceptId, family)
  }
  return family
}

import type { Concept } from '../lexicon/concept.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'

/** For each concept, its direct narrower concepts that belong to one part of the body, by that part. */
const bySite = new WeakMap<LexiconView, ReadonlyMap<string, ReadonlyMap<string, string>>>()

/**
 * The narrower concept for a concept and a stated part of the body: an MRI of the lumbar spine is a
 * `lumbar-spine-mri`. The concept itself if the lexicon has none or several.
 */
export function composedConcept(
  { id, kind, sites: own = [] }: Concept,
  sites: readonly string[],
  lexicon: LexiconView,
): string {
  const isComposable = /^(?:study|therapy|finding|sign|disease)$/.test(kind)
  if (!isComposable || sites.length !== 1 || own.length > 1) return id
  const [site = ''] = sites
  return own.includes(site) ? id : (indexOf(lexicon).get(id)?.get(site) ?? id)
}

/** Everything that `composedConcept` may return for a concept. */
export function composedVariants(conceptId: string, lexicon: LexiconView): readonly string[] {
  return [...(indexOf(lexicon).get(conceptId)?.values() ?? [])]
}

function indexOf(lexicon: LexiconView): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const known = bySite.get(lexicon)
  if (known !== undefined) return known
  const index = new Map<string, Map<string, string>>()
  const doubtful = new Set<string>()
  for (const { id, broader = [], sites = [], kind } of lexicon.concepts) {
    const [site] = sites
    if (sites.length !== 1 || site === undefined) continue
    for (const wider of ancestorsOf(broader, lexicon)) {
      if (lexicon.get(wider)?.kind !== kind || !isComposedName(id, site, wider, kind)) continue
      const under = index.get(wider) ?? new Map<string, string>()
      index.set(wider, under)
      if (under.has(site)) doubtful.add(`${wider} ${site}`)
      under.set(site, id)
    }
  }
  for (const key of doubtful) {
    const [wider = '', site = ''] = key.split(' ')
    index.get(wider)?.delete(site)
  }
  bySite.set(lexicon, index)
  return index
}

function ancestorsOf(broader: readonly string[], lexicon: LexiconView): ReadonlySet<string> {
  const found = new Set(broader)
  // A set is iterated in insertion order, including elements added during the iteration.
  for (const id of found) for (const wider of lexicon.get(id)?.broader ?? []) found.add(wider)
  return found
}

/**
 * `lumbar-spine-mri`, `lumbar-epidural-injection`, `knee-osteoarthritis`, `osteoarthritis-of-knee`: the id
 * contains only the part and the wider name.
 */
function isComposedName(id: string, site: string, wider: string, kind: string): boolean {
  const [first = ''] = site.split('-')
  // The brain is part of the head: the name of a study may give a more specific part.
  if (kind === 'study' && id.endsWith(`-${wider}`)) return id.split('-').length < 5
  return id === `${site}-${wider}` || id === `${first}-${wider}` || id === `${wider}-of-${site}`
}

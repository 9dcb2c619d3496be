import type { Concept } from '../lexicon/concept.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'

/** For each concept those directly under it that are of one part of the body, by the part. */
const bySite = new WeakMap<LexiconView, ReadonlyMap<string, ReadonlyMap<string, string>>>()

/**
 * The narrower concept that a concept and a said part of the body make together: an MRI of the lumbar spine is a `lumbar-spine-mri`. The concept itself where the
 * lexicon has no such, or more than one.
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

/** All that `composedConcept` may make of a concept, whatever part of the body is said. */
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
  // A set is walked in the order of insertion, with what is added on the way.
  for (const id of found) for (const wider of lexicon.get(id)?.broader ?? []) found.add(wider)
  return found
}

/** `lumbar-spine-mri`, `lumbar-epidural-injection`, `knee-osteoarthritis`, `osteoarthritis-of-knee`: the part and the wider name, and nothing else. */
function isComposedName(id: string, site: string, wider: string, kind: string): boolean {
  const [first = ''] = site.split('-')
  // The brain is of the head: a study's name may give the part more closely.
  if (kind === 'study' && id.endsWith(`-${wider}`)) return id.split('-').length < 5
  return id === `${site}-${wider}` || id === `${first}-${wider}` || id === `${wider}-of-${site}`
}

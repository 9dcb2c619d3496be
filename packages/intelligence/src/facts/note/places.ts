import type { Span } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Side } from '../fact.ts'
import { sideOfAll, sidesIn } from '../values/sides.ts'
import { type Token, tokensOf, tokensWithin } from '../values/tokens.ts'
import { ofPart, sitesNear, sideNear } from './nearest-place.ts'
import type { PlaceText } from './place-text.ts'

/** The part of the body and the side of a mention, with the text that states them. */
export interface Place {
  readonly sites: readonly string[]
  readonly side?: Side
  readonly spans: readonly Span[]
}

/** Parts of the body and sides in a text; `mentions` are those of the text. */
export function placesIn(
  text: string,
  offset: number,
  mentions: readonly Mention[],
  lexicon: LexiconView,
): PlaceText {
  const tokens = tokensOf(text, offset)
  const sites = mentions.filter((one) => lexicon.get(one.conceptId)?.kind === 'site')
  const parts = mentions.filter((one) => {
    const concept = lexicon.get(one.conceptId)
    return concept?.kind === 'site' || (concept?.sites?.length ?? 0) > 0
  })
  const starts = new Set(parts.map((one) => one.start))
  // "MRI of the L knee": the part of the body after the preposition belongs to the term.
  for (const one of parts) {
    const { first, next } = tokensWithin(tokens, one)
    for (let at = first + 3; at < next; at += 1) {
      const token = tokens[at]
      if (token !== undefined && ofPart.test(tokens[at - 2]?.text ?? '')) starts.add(token.start)
    }
  }
  const troubles = parts.filter((one) =>
    /^(?:finding|sign|disease)$/.test(lexicon.get(one.conceptId)?.kind ?? ''),
  )
  const studies = parts.filter((one) => lexicon.get(one.conceptId)?.kind === 'study')
  const examined = new Set(
    mentions.flatMap((one) =>
      /^(?:sign|measure|score)$/.test(lexicon.get(one.conceptId)?.kind ?? '') ? one.start : [],
    ),
  )
  const sides = sidesIn(
    tokens,
    (place) => starts.has(place),
    (place) => examined.has(place),
  )
  return {
    tokens,
    sites: sites.toSorted(byStart),
    troubles: troubles.toSorted(byStart),
    studies: studies.toSorted(byStart),
    sides,
    onlySide: sideOfAll(sides),
  }
}

const byStart = (one: Span, other: Span) => one.start - other.start

/**
 * The place of a mention: by its nature, else the nearest part of the body in its clause, then in its unit, its
 * lead-ins from the innermost, and its section's title. The side: in its own text, before it in its clause,
 * after it, else the only side that the unit names.
 */
export function placeOf(
  mention: Mention,
  unit: PlaceText,
  around: readonly PlaceText[],
  lexicon: LexiconView,
  isDenied = false,
): Place {
  const concept = lexicon.get(mention.conceptId)
  const own = narrowed(naturalSites(concept, lexicon), mention, unit, lexicon)
  const isStudy = concept?.kind === 'study'
  // "Bladder: no" is about the bladder, and not about parts that its concept may have by nature.
  const sites = isDenied
    ? unit.sites.filter(({ start, end }) => start < mention.start || end > mention.end)
    : unit.sites
  const near = own.length > 0 ? [] : (sitesNear(mention, unit.tokens, sites, isStudy) ?? [])
  const mentioned = isDenied && !isJoinedTo(mention, near, unit.tokens) ? [] : near
  const isTreatment = /^(?:therapy|drug|study)$/.test(concept?.kind ?? '')
  // "Grade 4 Kellgren-Lawrence osteoarthritis of the left knee": a grade has the place of what it grades.
  const isGrade = concept?.kind === 'measure' && concept.unit === '1'
  const placeSources =
    isTreatment || isGrade ? unit.troubles : unit.studies.filter((one) => one.start < mention.start)
  const borrowed =
    own.length === 0 &&
    near.length === 0 &&
    (isTreatment || isGrade || (!isDenied && concept?.kind !== 'function'))
      ? sitesNear(mention, unit.tokens, placeSources, isStudy)
      : undefined
  const inUnit = [
    ...own,
    ...mentioned.map((one) => one.conceptId),
    ...(borrowed ?? []).flatMap((one) => lexicon.get(one.conceptId)?.sites ?? []),
  ]
  // "No infection" in a note about the hip applies to the whole patient.
  const isWhole = isDenied && concept?.kind === 'disease'
  const outer =
    inUnit.length > 0 || isWhole ? [] : (around.find((one) => one.sites.length > 0)?.sites ?? [])
  const isOfStudy = borrowed !== undefined && !isTreatment && !isGrade
  const isOfNothing = (inUnit.length === 0 || isOfStudy) && !isTreatment
  const side =
    sideNear(mention, unit, isOfNothing) ??
    around.find((one) => one.onlySide !== undefined)?.onlySide
  return {
    sites: [...new Set([...inUnit, ...outer.map((one) => one.conceptId)])],
    ...(side === undefined ? {} : { side }),
    spans: mentioned,
  }
}

/**
 * Of the concept, else of the nearest wider one that has any: a transforaminal injection is spinal because an
 * epidural one is.
 */
function naturalSites(concept: Concept | undefined, lexicon: LexiconView): readonly string[] {
  if (concept === undefined) return []
  if (concept.sites !== undefined && concept.sites.length > 0) return concept.sites
  for (const wider of concept.broader ?? []) {
    const sites = naturalSites(lexicon.get(wider), lexicon)
    if (sites.length > 0) return sites
  }
  return []
}

/** "No lung infection", "Knee: no effusion", but not "lungs clear, no infection". */
function isJoinedTo(mention: Span, sites: readonly Span[], tokens: readonly Token[]): boolean {
  const { first, next } = tokensWithin(tokens, mention)
  return sites.some((site) => {
    const { first: from, next: to } = tokensWithin(tokens, site)
    const [left, right] = from >= next ? [next, from] : [to, first]
    if (right - left > 12) return false
    for (let at = left; at < right; at += 1) {
      const text = tokens[at]?.text ?? ''
      if (text === ':') return true
      if (/^[,;.]$/.test(text)) return false
    }
    return true
  })
}

/** "Disc extrusion L4-5": spinal by nature, lumbar by the text. */
function narrowed(
  own: readonly string[],
  mention: Span,
  { tokens, sites }: PlaceText,
  lexicon: LexiconView,
): readonly string[] {
  if (own.length === 0 || sites.length === 0) return own
  const said = (sitesNear(mention, tokens, sites) ?? []).map((one) => one.conceptId)
  const narrower = said.filter(
    (site) => !own.includes(site) && own.some((wider) => lexicon.isA(site, wider)),
  )
  return narrower.length > 0 ? [...new Set(narrower)] : own
}

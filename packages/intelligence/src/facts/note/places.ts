import type { Span } from '../../document/note-document.ts'
import type { Concept } from '../../lexicon/concept.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Side } from '../fact.ts'
import { isOfSubject, type SideMention, sideOfAll, sidesIn } from '../values/sides.ts'
import { type Token, tokenAt, tokensOf, tokensWithin } from '../values/tokens.ts'

/** The part of the body and the side of a mention, with the text that states them. */
export interface Place {
  readonly sites: readonly string[]
  readonly side?: Side
  readonly spans: readonly Span[]
}

/** A text that may state a place: a unit, one of its lead-ins, its section's title. */
export interface PlaceText {
  readonly tokens: readonly Token[]
  readonly sites: readonly Mention[]
  /** Studies of a part of the body: their findings are in that part. */
  readonly studies: readonly Mention[]
  /** Findings with a part of the body by nature: "low back pain treated with PT" tells where the therapy was. */
  readonly troubles: readonly Mention[]
  readonly sides: readonly SideMention[]
  /** The only side that the whole text names. */
  readonly onlySide: Side | undefined
}

const breaks = /^(?:[,;.:]|and|but|however|while|with|then)$/
const strongBreaks = /^(?:[;.]|but|however)$/
const persons = /^(?:he|she|they|i|we|pt|patient)$/
const reach = 30
const ofPart = /^(?:the|of|his|her|their|my|this|that)$/

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

/** The nearest part of the body, with the parts in the same list; parts beyond a full stop or "but" come last. */
function sitesNear(
  mention: Span,
  tokens: readonly Token[],
  sites: readonly Mention[],
  isStudy = false,
): readonly Mention[] | undefined {
  if (sites.length === 0) return undefined
  const { first, next } = tokensWithin(tokens, mention)
  const around = window(sites, mention)
  let best: { readonly index: number; readonly distance: number } | undefined
  for (const index of around) {
    const site = sites[index]
    if (site === undefined) continue
    if (isStudy && isOfAnotherClause(tokens, next, site)) continue
    const distance = distanceTo(tokens, first, next, site)
    if (best === undefined || distance < best.distance) best = { index, distance }
  }
  if (best === undefined || best.distance > reach + 100) return undefined
  return listAround(best.index, tokens, sites)
}

/** Indexes of the nearest few before and after. */
function window(sites: readonly Span[], { start }: Span): readonly number[] {
  let low = 0
  let high = sites.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sites[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return [low - 2, low - 1, low, low + 1].filter((index) => index >= 0 && index < sites.length)
}

/**
 * "Since the MRI in January she has developed a left foot drop": after the pronoun, nothing is the place of the
 * study.
 */
function isOfAnotherClause(tokens: readonly Token[], next: number, site: Span): boolean {
  const { first: from } = tokensWithin(tokens, site)
  for (let at = next; at < Math.min(from, next + reach); at += 1)
    if (persons.test(tokens[at]?.text ?? '')) return true
  return false
}

function distanceTo(tokens: readonly Token[], first: number, next: number, site: Span): number {
  const { first: from, next: to } = tokensWithin(tokens, site)
  if (from < next && to > first) return 0
  const [left, right] = from >= next ? [next, from] : [to, first]
  if (right - left > reach) return right - left
  let distance = right - left
  for (let at = left; at < right; at += 1) {
    const text = tokens[at]?.text ?? ''
    if (strongBreaks.test(text)) distance += 100
    else if (breaks.test(text)) distance += 3
  }
  return distance
}

function listAround(
  index: number,
  tokens: readonly Token[],
  sites: readonly Mention[],
): readonly Mention[] {
  const list = sites.slice(index, index + 1)
  for (const step of [-1, 1] as const) {
    for (let at = index; Math.abs(at - index) < 6; at += step) {
      const [left, right] = step === 1 ? [sites[at], sites[at + 1]] : [sites[at - 1], sites[at]]
      if (left === undefined || right === undefined || !isJoined(tokens, left, right)) break
      list.push(step === 1 ? right : left)
    }
  }
  return list
}

function isJoined(tokens: readonly Token[], left: Span, right: Span): boolean {
  const from = tokenAt(tokens, left.end - 1) + 1
  const to = tokenAt(tokens, right.start)
  if (to - from > 3) return false
  return tokens
    .slice(from, to)
    .every((one) => /^(?:and|or|&|\/|,|-|to|\+|left|right|the)$/.test(one.text))
}

/**
 * `isOfNothing`: it has no part of the body, so it does not take a side that belongs to something else: "right
 * ankle sprain, back to full activity".
 */
function sideNear(
  mention: Span,
  { tokens, sides, onlySide, sites, troubles }: PlaceText,
  isOfNothing: boolean,
): Side | undefined {
  if (sides.length === 0) return undefined
  const { first, next } = tokensWithin(tokens, mention)
  const within = sideOfAll(sidesBetween(tokens, sides, first, next))
  if (within !== undefined) return within
  const ahead = sidesBetween(tokens, sides, clauseStart(tokens, first), first)
  const nearest = ahead.at(-1)
  // "R KL 4 L KL 2": the side directly before it.
  if (nearest !== undefined && nearest.end === tokens[first - 1]?.end) return nearest.side
  const before = sideOfAll(ahead)
  if (before !== undefined) return before
  const [head] = sides
  if (onlySide !== undefined && isOfSubject(tokens)) return onlySide
  if (head !== undefined && head.start === tokens[0]?.start && tokens[1]?.text === ':')
    return head.side
  // "Left knee locks and catches": the side cannot belong to anything else.
  if (isOfNothing) {
    const isBefore = (sides[0]?.start ?? mention.start) < mention.start
    return isBefore && sites.length + troubles.length === 0 ? onlySide : undefined
  }
  const behind = sideOfAll(sidesBetween(tokens, sides, next, clauseEnd(tokens, next)))
  return behind ?? onlySide
}

function clauseStart(tokens: readonly Token[], first: number): number {
  let at = first
  while (at > 0 && first - at < reach && !breaks.test(tokens[at - 1]?.text ?? '')) at -= 1
  return at
}

function clauseEnd(tokens: readonly Token[], next: number): number {
  let at = next
  while (at < tokens.length && at - next < reach && !breaks.test(tokens[at]?.text ?? '')) at += 1
  return at
}

function sidesBetween(
  tokens: readonly Token[],
  sides: readonly SideMention[],
  from: number,
  to: number,
): readonly SideMention[] {
  const start = tokens[from]?.start ?? Number.POSITIVE_INFINITY
  const end = tokens[to - 1]?.end ?? 0
  const found: SideMention[] = []
  for (let at = firstAt(sides, start); at < sides.length; at += 1) {
    const one = sides[at]
    if (one === undefined || one.end > end) break
    found.push(one)
  }
  return found
}

function firstAt(sides: readonly SideMention[], start: number): number {
  let low = 0
  let high = sides.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sides[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}

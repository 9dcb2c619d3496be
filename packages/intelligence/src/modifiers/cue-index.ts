import type { Mention } from '../lexicon/mention.ts'
import { stemOf } from '../lexicon/stem.ts'
import type { Token } from '../lexicon/tokens.ts'
import { Barriers, findingToken, siteToken } from './barriers.ts'
import type { Barrier, CueCategory, Scope } from './cue.ts'
import { type Cue, findCues } from './find-cues.ts'
import { cueStems } from './cue-signs.ts'
import { scopes } from './scopes.ts'
import { cueRows } from './table/cue-rows.ts'

/** The tokens of a mention, including `last`. */
export interface TokenRange {
  readonly first: number
  readonly last: number
  /** A therapy, drug, study or device: something that is done. */
  readonly isAct?: boolean
  /** The term itself states an absence: "no leg pain". */
  readonly isDenial?: boolean
}

export interface MentionRange extends TokenRange {
  readonly isSite: boolean
  /** A condition of a measurement, "w/o O2": its denial applies only to itself. */
  readonly isCondition?: boolean
}

/** A cue whose scope contains a mention. */
export interface CueInScope {
  readonly cue: Cue
  readonly isBefore: boolean
  /** Tokens between the two. */
  readonly distance: number
  /** The list may have ended between them. */
  readonly isDoubtful: boolean
  /** "negative" is the result of an examination and does not mean that it was not done. */
  readonly isResult: boolean
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stemOf))
const joins = set('/ or')
const chained = set('no without denies')
/** Possible effects of a treatment. */
const outcomes = set(
  'relief improvement benefit help response change progress success resolution gain effect',
)
const ofOutcomes = set('of in with from to on after despite following for by')
/** Possible side effects of a treatment. */
const complaints = set(
  'problem trouble difficulty issue effect complication complaint toxicity concern',
)

const resultWords = new Set(['neg', 'negative', '(-)', 'unremarkable'])

/** These deny the noun after them; "never went to" denies an act. */
const nounDenials = set('no without zero')

const others = set('other additional further')

/** Only this many of the nearest cues of a category are tried. */
const maxTried = 32

/** Categories whose cue may stand inside the mention: "leg mild weakness". */
const degrees: ReadonlySet<CueCategory> = new Set([
  'new',
  'worse',
  'stable',
  'better',
  'mild',
  'moderate',
  'severe',
])

/** The cues of a token sequence with their scopes, by category and position. */
export class CueIndex {
  readonly tokens: readonly Token[]
  readonly stems: readonly string[]
  readonly #barriers: Barriers
  readonly #byCategory = new Map<CueCategory, Cue[]>()

  /** `places` are the mentions of the sequence, in order. */
  constructor(tokens: readonly Token[], places: readonly MentionRange[]) {
    this.tokens = tokens
    this.stems = cueStems(tokens)
    const mentionAt = new Uint8Array(tokens.length)
    const coveredTo = new Int32Array(tokens.length).fill(-1)
    const mentionFrom = new Int32Array(tokens.length).fill(-1)
    const denials = new Set<number>()
    const conditions = new Set<number>()
    for (const { first, last, isSite, isDenial, isCondition } of places) {
      if (isCondition === true) conditions.add(first)
      if (!isSite) mentionFrom.fill(first, first, last + 1)
      if (isDenial === true) denials.add(first)
      for (let at = first; at <= last; at += 1) {
        if (!isSite) mentionAt[at] = findingToken
        else if (mentionAt[at] === 0) mentionAt[at] = siteToken
        coveredTo[at] = Math.max(coveredTo[at] ?? -1, last)
      }
    }
    this.#barriers = new Barriers(tokens, this.stems, mentionAt)
    for (const cue of findCues(tokens, this.stems, mentionFrom)) {
      const { category } = cue.row
      const isInMention = (coveredTo[cue.start] ?? -1) >= cue.end
      // "No leg pain or numbness", where "no leg pain" is a term: the denial continues after it. That of "no
      // joint space left" does not, because what follows is present. "w/o O2" denies only a condition.
      const opensTerm =
        category === 'denied' &&
        mentionFrom[cue.start] === cue.start &&
        denials.has(cue.start) &&
        !conditions.has(cue.start)
      if (isInMention && !opensTerm && !degrees.has(category)) continue
      const list = this.#byCategory.get(category)
      if (list === undefined) this.#byCategory.set(category, [cue])
      else list.push(cue)
    }
  }

  /** Whether a cue of a category occurs, whatever its scope. */
  has(category: CueCategory): boolean {
    return this.#byCategory.has(category)
  }

  /** "HBsAg negative": the result is part of the mention itself. */
  includesResult({ first, last }: TokenRange): boolean {
    return this.tokens.slice(first, last + 1).some(({ word }) => resultWords.has(word))
  }

  /** The nearest cue of a category whose scope contains the mention. */
  nearest(category: CueCategory, place: TokenRange): CueInScope | undefined {
    const cues = this.#byCategory.get(category)
    if (cues === undefined) return undefined
    const split = firstBehind(cues, place.first)
    let nearest: CueInScope | undefined
    for (let at = split - 1; at >= Math.max(0, split - maxTried); at -= 1) {
      const cueInScope = this.#fromBefore(cues[at], place)
      if (cueInScope === undefined) continue
      nearest = cueInScope
      break
    }
    for (let at = split; at < Math.min(cues.length, split + maxTried); at += 1) {
      const cueInScope = this.#fromBehind(cues[at], place)
      if (cueInScope === undefined) continue
      if (nearest === undefined || cueInScope.distance < nearest.distance) nearest = cueInScope
      break
    }
    return nearest
  }

  #fromBefore(cue: Cue | undefined, place: TokenRange): CueInScope | undefined {
    if (cue === undefined || cue.row.direction === 'after') return undefined
    const isInside = cue.end >= place.first
    const distance = isInside ? 0 : place.first - cue.end - 1
    const { reach, ends } = scopeOf(cue, 'before')
    if (distance > reach) return undefined
    for (const kind of ends) {
      // "has never had": an affirming verb directly beside the denial belongs to it.
      const from = kind === 'affirmer' ? cue.end + 2 : cue.end + 1
      if (this.#barriers.next(kind, from) < place.first) return undefined
    }
    const isResult = this.#isResult(cue)
    if (cue.row.category !== 'denied' || isResult) {
      return { cue, isBefore: true, distance, isDoubtful: false, isResult }
    }
    const behind = this.#behindCircumstance(cue, place)
    if (behind === 'ended') return undefined
    const isDoubtful = behind === 'doubtful' || this.#isDoubtful(cue, place)
    return { cue, isBefore: true, distance, isDoubtful, isResult }
  }

  /** Whether the commas leave it open that a list continues up to the mention. */
  #isDoubtful({ row, start, end }: Cue, place: TokenRange): boolean {
    // "No LOC, no other injuries": one is already present.
    if (place.isAct !== true && others.has(this.stems[end + 1] ?? '')) return true
    const isBefore = (kind: Barrier) => this.#barriers.next(kind, end + 1) < place.first
    if (row.stopsAtSides === true && isBefore('doubtful')) return true
    if (!isBefore('open')) return false
    return row.stopsAtOpenLists === true || this.#isOfChain(start)
  }

  /** "no flare, no fever, fatigue": if each item has its own "no", one without it may be another statement. */
  #isOfChain(start: number): boolean {
    if (this.stems[start - 1] !== ',') return false
    const before = Math.max(
      this.#barriers.previous('comma', start - 2),
      this.#barriers.previous('stop', start - 2),
    )
    return chained.has(this.stems[before + 1] ?? '')
  }

  /**
   * "no nausea from methotrexate" does not deny methotrexate, and "no relief of the pain" does not deny the
   * pain; "no headache with nausea" leaves the nausea open.
   */
  #behindCircumstance({ start, end }: Cue, place: TokenRange): 'no' | 'doubtful' | 'ended' {
    const circumstance = this.#barriers.next('circumstance', end + 1)
    if (circumstance < place.first) return place.isAct === true ? 'ended' : 'doubtful'
    const outcome = this.stems
      .slice(end + 1, Math.min(end + 5, place.first))
      .findIndex((stem) => outcomes.has(stem))
    const finding = this.#barriers.next('finding', end + 1)
    const companion = this.#barriers.next('companion', end + 1)
    if (outcome >= 0) {
      const of = this.stems[end + outcome + 2] ?? ''
      if (ofOutcomes.has(of)) return 'ended'
    }
    if (companion >= place.first) return 'no'
    const stems = this.stems.slice(end + 1, Math.min(companion, end + 6))
    if (place.isAct === true && stems.some((stem) => complaints.has(stem))) return 'ended'
    if (finding >= companion) {
      // "No date on the images": the date is missing, not the images.
      const isOfNoun =
        place.isAct === true && companion > end + 1 && nounDenials.has(this.stems[start] ?? '')
      return isOfNoun ? 'doubtful' : 'no'
    }
    return place.isAct === true ? 'ended' : 'doubtful'
  }

  #fromBehind(cue: Cue | undefined, place: TokenRange): CueInScope | undefined {
    if (cue === undefined || cue.row.direction === 'before') return undefined
    // "Tuberculosis was excluded" is a term, so its words do not deny it.
    const isPartly = cue.start > place.first && cue.start <= place.last
    if (isPartly && cue.row.category === 'denied') return undefined
    const distance = Math.max(0, cue.start - place.last - 1)
    const { reach, ends } = scopeOf(cue, 'after')
    if (distance > reach) return undefined
    for (const kind of ends) {
      if (this.#barriers.previous(kind, cue.start - 1) <= place.last) continue
      const isShared = kind === 'finding' && cue.row.category === 'denied'
      if (!isShared || !this.#isOneOfTwo(place, cue)) return undefined
    }
    return { cue, isBefore: false, distance, isDoubtful: false, isResult: this.#isResult(cue) }
  }

  /** "Fever/chills (-)", "cough or exertion: no": the answer applies to everything joined by a slash or an "or". */
  #isOneOfTwo({ last }: TokenRange, { start }: Cue): boolean {
    const behind = this.stems[last + 1]
    if (behind !== '/' && behind !== 'or') return false
    for (let at = last + 1; at < start; at += 1) {
      const isJoined = joins.has(this.stems[at] ?? '')
      if (!isJoined && this.#barriers.next('finding', at) !== at) return false
    }
    return true
  }

  #isResult({ start, end }: Cue): boolean {
    return this.tokens.slice(start, end + 1).some(({ word }) => resultWords.has(word))
  }

  /** The cues whose scope extends beyond the sequence to the text below it. */
  open(): readonly Cue[] {
    return [...this.#byCategory.values()].flat().filter((cue) => {
      if (cue.row.direction === 'after') return false
      return scopeOf(cue, 'before').ends.every((kind) => {
        const from = kind === 'affirmer' ? cue.end + 2 : cue.end + 1
        const at = this.#barriers.next(kind, from)
        return kind === 'statement' || at >= this.tokens.length
      })
    })
  }
}

/** The first cue that begins at or after a token. */
function firstBehind(cues: readonly Cue[], token: number): number {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cues[middle]?.start ?? 0) < token) low = middle + 1
    else high = middle
  }
  return low
}

const scopeOfRow = {
  before: new Map(cueRows.map((row) => [row, { ...scopes[row.category].before, ...row.scope }])),
  after: new Map(cueRows.map((row) => [row, { ...scopes[row.category].after, ...row.scope }])),
}

function scopeOf({ row }: Cue, side: 'before' | 'after'): Scope {
  return scopeOfRow[side].get(row) ?? scopes[row.category][side]
}

/** The tokens of a mention, by offsets. Undefined if it is not in these tokens. */
export function placeOf(tokens: readonly Token[], { start, end }: Mention): TokenRange | undefined {
  const first = tokenFrom(tokens, start)
  if (first >= tokens.length || (tokens[first]?.start ?? end) >= end) return undefined
  let last = first
  while ((tokens[last + 1]?.start ?? end) < end) last += 1
  return { first, last }
}

/** The first token that ends after an offset. */
function tokenFrom(tokens: readonly Token[], offset: number): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle]?.end ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

import type { Mention } from '../lexicon/mention.ts'
import type { Token } from '../lexicon/tokens.ts'
import { Barriers, findingToken, siteToken } from './barriers.ts'
import type { CueCategory, Scope } from './cue.ts'
import { type Cue, cueStems, findCues } from './find-cues.ts'
import { scopes } from './scopes.ts'
import { cueRows } from './table/cue-rows.ts'

/** A mention by the tokens that it covers; `last` included. */
export interface Place {
  readonly first: number
  readonly last: number
}

/** A cue whose scope holds a mention. */
export interface Reaching {
  readonly cue: Cue
  readonly isBefore: boolean
  /** Tokens between the two. */
  readonly distance: number
  /** A comma lies between them behind which the list may have ended. */
  readonly isDoubtful: boolean
  /** "negative": of an examination it is the result, and does not say that it was not made. */
  readonly isResult: boolean
}

const resultWords = new Set(['neg', 'negative', '(-)', 'unremarkable'])

/** Of many cues of one category the nearest so many are tried. */
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

/** The cues of one run of tokens with their scopes, by category and position. */
export class CueIndex {
  readonly tokens: readonly Token[]
  readonly stems: readonly string[]
  readonly #barriers: Barriers
  readonly #byCategory = new Map<CueCategory, Cue[]>()

  /** `places` of the mentions in the run, in order. */
  constructor(tokens: readonly Token[], places: readonly (Place & { readonly isSite: boolean })[]) {
    this.tokens = tokens
    this.stems = cueStems(tokens)
    const mentionAt = new Uint8Array(tokens.length)
    const coveredTo = new Int32Array(tokens.length).fill(-1)
    const mentionFrom = new Int32Array(tokens.length).fill(-1)
    for (const { first, last, isSite } of places) {
      if (!isSite) mentionFrom.fill(first, first, last + 1)
      for (let at = first; at <= last; at += 1) {
        if (!isSite) mentionAt[at] = findingToken
        else if (mentionAt[at] === 0) mentionAt[at] = siteToken
        coveredTo[at] = Math.max(coveredTo[at] ?? -1, last)
      }
    }
    this.#barriers = new Barriers(tokens, this.stems, mentionAt)
    for (const cue of findCues(tokens, this.stems, mentionFrom)) {
      const { category } = cue.row
      if (!degrees.has(category) && (coveredTo[cue.start] ?? -1) >= cue.end) continue
      const list = this.#byCategory.get(category)
      if (list === undefined) this.#byCategory.set(category, [cue])
      else list.push(cue)
    }
  }

  /** Whether any cue of a category stands here, wherever it reaches. */
  has(category: CueCategory): boolean {
    return this.#byCategory.has(category)
  }

  /** The nearest cue of a category whose scope holds the mention. */
  nearest(category: CueCategory, place: Place): Reaching | undefined {
    const cues = this.#byCategory.get(category)
    if (cues === undefined) return undefined
    const split = firstBehind(cues, place.first)
    let nearest: Reaching | undefined
    for (let at = split - 1; at >= Math.max(0, split - maxTried); at -= 1) {
      const reaching = this.#fromBefore(cues[at], place)
      if (reaching === undefined) continue
      nearest = reaching
      break
    }
    for (let at = split; at < Math.min(cues.length, split + maxTried); at += 1) {
      const reaching = this.#fromBehind(cues[at], place)
      if (reaching === undefined) continue
      if (nearest === undefined || reaching.distance < nearest.distance) nearest = reaching
      break
    }
    return nearest
  }

  #fromBefore(cue: Cue | undefined, place: Place): Reaching | undefined {
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
    const isDoubtful = this.#barriers.next('doubtful', cue.end + 1) < place.first
    return { cue, isBefore: true, distance, isDoubtful, isResult: this.#isResult(cue) }
  }

  #fromBehind(cue: Cue | undefined, place: Place): Reaching | undefined {
    if (cue === undefined || cue.row.direction === 'before') return undefined
    const distance = Math.max(0, cue.start - place.last - 1)
    const { reach, ends } = scopeOf(cue, 'after')
    if (distance > reach) return undefined
    for (const kind of ends) {
      if (this.#barriers.previous(kind, cue.start - 1) > place.last) return undefined
    }
    return { cue, isBefore: false, distance, isDoubtful: false, isResult: this.#isResult(cue) }
  }

  #isResult({ start, end }: Cue): boolean {
    return this.tokens.slice(start, end + 1).some(({ word }) => resultWords.has(word))
  }

  /** The cues that reach over the end of the run to what stands under it. */
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

/** The first cue that does not begin before a token. */
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

/** The tokens that a mention covers, by offsets. Undefined where it stands elsewhere. */
export function placeOf(tokens: readonly Token[], { start, end }: Mention): Place | undefined {
  const first = tokenFrom(tokens, start)
  if (first >= tokens.length || (tokens[first]?.start ?? end) >= end) return undefined
  let last = first
  while ((tokens[last + 1]?.start ?? end) < end) last += 1
  return { first, last }
}

/** The first token that ends behind an offset. */
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

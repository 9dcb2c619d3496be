import { adjectives, determiners, prepositions, sides } from '../lexicon/gap-words.ts'
import { stemOf } from '../lexicon/stem.ts'
import type { Token } from '../lexicon/tokens.ts'
import type { Barrier } from './cue.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/).map(stemOf))

const stops = new Set([';', '.', '!', '?', '|', '•'])
const brackets = new Set(['(', ')', '[', ']'])
const contrast = set(
  'but however although though except yet nevertheless nonetheless whereas apart aside otherwise besides',
)
const onlies = set('only just merely simply')
const affirmers = set(`
  has have had having reports reported endorses endorsed admits complains c/o presents presented positive pos + (+) ++ plus
  shows showed reveals revealed demonstrates demonstrated develops developed experiences experienced yes present suffers confirms`)
const reasons = set('because due secondary which who when while whenever attributed')
const patients = set('patient pt he she they i we')
const conjunctions = set('and or nor &')

/** Words that do not occur in a plain list of findings: after a comma they begin another statement. */
const statementWords = set(`
  since yesterday today tonight now currently ago last until began begins started starts is was are were will would can cannot
  he she they it pt patient who which there this that his her
  history h/o hx s/p status after following on went gone got takes taking took uses using came comes told
  noted seen found present persistent persists remains continues continued continuing improved improving stable resolved
  underwent completed tried failed treated known prior previous x`)
/** The same, unless an "or" closes the list: "no new weakness, worsening numbness or sudden headache". */
const degreeWords = set(
  'progressive worsening worse worsened worsens new sudden suddenly acute acutely increasing severe severely profound',
)
const listWords = set(
  'any other signs symptoms of in to the significant recent unexplained associated related focal acute chronic known bed red eyed',
)
const maxOtherWords = 4

/** Time phrases that may end any list: "no fever, chills at this time". */
const timePhrases = [
  'at present',
  'at this time',
  'at the moment',
  'at this point',
  'to date',
  'on exam',
  'on examination',
  'on review',
].map((phrase) => phrase.split(' ').map(stemOf))

/** Prepositions before an accompanying thing, which is not a list item: "no relief with naproxen". */
const companions = set('with from on by per to for because due')
/** Words before what precedes, follows, accompanies or fails to prevent something. */
const circumstances = set('after despite following during since before until upon while throughout')

/** A stretch between commas and full stops. */
interface Segment {
  readonly start: number
  readonly end: number
  readonly isList: boolean
  /** States severity or newness, so it is not an item of a list without a closing "or". */
  readonly hasDegree: boolean
  /** "or night sweats", "numbness or weakness": the end of a continuous list. */
  readonly isLastOfList: boolean
  /** It may also be a separate statement, because it has a side or a time. */
  readonly isDoubtful: boolean
}

/** Token kinds for `Barriers`. A part of the body is not a finding: "pain of the hip and knee, worse at night". */
export const findingToken = 1
export const siteToken = 2

/** Where scopes end in a token sequence. Each kind is indexed once, so that lookups need no scan. */
export class Barriers {
  readonly #tokens: readonly Token[]
  readonly #stems: readonly string[]
  readonly #next = new Map<Barrier, Int32Array>()
  readonly #previous = new Map<Barrier, Int32Array>()
  /** For each token: 0, `findingToken` or `siteToken`. */
  readonly #mentionAt: Uint8Array
  readonly #statementCommas: ReadonlySet<number>
  readonly #statementEnds: ReadonlySet<number>
  readonly #doubtfulCommas: ReadonlySet<number>
  readonly #openCommas: ReadonlySet<number>

  constructor(tokens: readonly Token[], stems: readonly string[], mentionAt: Uint8Array) {
    this.#tokens = tokens
    this.#stems = stems
    this.#mentionAt = mentionAt
    const { statements, statementEnds, doubtful, open } = this.#readCommas()
    this.#statementCommas = statements
    this.#statementEnds = statementEnds
    this.#doubtfulCommas = doubtful
    this.#openCommas = open
  }

  /** The first such barrier at or after a token; the number of tokens if there is none. */
  next(kind: Barrier, from: number): number {
    let index = this.#next.get(kind)
    if (index === undefined) {
      const length = this.#tokens.length
      index = new Int32Array(length + 2).fill(length)
      for (let at = length - 1; at >= 0; at -= 1) {
        index[at] = this.#isBarrier(kind, at) ? at : (index[at + 1] ?? length)
      }
      this.#next.set(kind, index)
    }
    return index[Math.min(from, index.length - 1)] ?? this.#tokens.length
  }

  /** The last such barrier at or before a token; -1 if there is none. */
  previous(kind: Barrier, from: number): number {
    let index = this.#previous.get(kind)
    if (index === undefined) {
      index = new Int32Array(this.#tokens.length)
      for (let at = 0; at < index.length; at += 1) {
        index[at] = this.#isBarrier(kind, at) ? at : (index[at - 1] ?? -1)
      }
      this.#previous.set(kind, index)
    }
    return from < 0 ? -1 : (index[from] ?? -1)
  }

  #isBarrier(kind: Barrier, at: number): boolean {
    const stem = this.#stems[at] ?? ''
    switch (kind) {
      case 'stop':
        return stops.has(stem)
      case 'comma':
        return stem === ','
      case 'statement':
        return this.#statementCommas.has(at)
      case 'statement_end':
        return this.#statementEnds.has(at)
      case 'doubtful':
        return this.#doubtfulCommas.has(at)
      case 'open':
        return this.#openCommas.has(at)
      case 'circumstance':
        return circumstances.has(stem) && (this.#mentionAt[at] ?? 0) === 0
      case 'companion':
        return companions.has(stem) && (this.#mentionAt[at] ?? 0) === 0
      case 'colon':
        return stem === ':'
      case 'bracket':
        return brackets.has(stem)
      case 'contrast':
        // "No new fracture, only arthritis": what follows is present.
        return (
          contrast.has(stem) ||
          (stem === 'than' && this.#stems[at - 1] === 'other') ||
          (onlies.has(stem) && this.#stems[at - 1] === ',')
        )
      case 'affirmer':
        return this.#isAffirmer(stem, at)
      case 'reason':
        return reasons.has(stem)
      case 'patient':
        return patients.has(stem)
      case 'finding':
        return this.#mentionAt[at] === findingToken
      case 'conjunction':
        return conjunctions.has(stem)
    }
  }

  #isAffirmer(stem: string, at: number): boolean {
    const isTime = stem === 'present' && this.#stems[at - 1] === 'at'
    return affirmers.has(stem) && !isTime && (this.#mentionAt[at] ?? 0) === 0
  }

  #timePhraseAt(at: number): number {
    const phrase = timePhrases.find((stems) =>
      stems.every((stem, offset) => this.#stems[at + offset] === stem),
    )
    return phrase?.length ?? 0
  }

  #segmentAt(start: number, end: number): Segment {
    let otherWords = 0
    let isList = true
    let hasMention = false
    let isDoubtful = false
    let hasChoice = false
    let hasAnd = false
    let hasDegree = false
    for (let at = start; at < end; at += 1) {
      const stem = this.#stems[at] ?? ''
      if ((this.#mentionAt[at] ?? 0) > 0) {
        hasMention = true
        continue
      }
      const passed = this.#timePhraseAt(at)
      if (passed > 0) {
        at += passed - 1
        continue
      }
      const token = this.#tokens[at]
      if (sides.has(stem)) isDoubtful = true
      const isAndNo = stem === 'and' && this.#stems[at + 1] === 'no'
      if (stem === 'or' || stem === 'nor' || isAndNo) hasChoice = true
      if (degreeWords.has(stem)) hasDegree = true
      if (stem === 'and' || stem === '&') hasAnd = true
      if (statementWords.has(stem) || token?.kind === 'number') {
        // "…, chills or sweats since Monday": the list ends before the time.
        if (hasMention && hasChoice) break
        if (hasMention && (hasAnd || at === end - 1)) {
          isDoubtful = true
          break
        }
        isList = false
      } else if (this.#isAffirmer(stem, at)) isList = false
      else if (listWords.has(stem) || determiners.has(stem) || sides.has(stem)) continue
      else if (adjectives.has(stem) || prepositions.has(stem) || conjunctions.has(stem)) continue
      else if (token?.kind === 'word') {
        otherWords += 1
        if (/[^e]ed$/.test(token.word) && token.word !== 'asked') isList = false
      }
    }
    if (otherWords > (hasMention ? 2 : maxOtherWords)) isList = false
    return { start, end, isList, hasDegree, isDoubtful, isLastOfList: hasChoice }
  }

  /** Which commas begin another statement, and after which of them a denial may continue. */
  #readCommas(): Readonly<
    Record<'statements' | 'statementEnds' | 'doubtful' | 'open', ReadonlySet<number>>
  > {
    const segments: Segment[] = []
    let start = 0
    for (let at = 0; at <= this.#stems.length; at += 1) {
      const stem = this.#stems[at]
      if (stem !== undefined && stem !== ',' && stem !== ':' && !stops.has(stem)) continue
      segments.push(this.#segmentAt(start, at))
      start = at + 1
    }
    const statementEnds = new Set(
      segments
        .filter(({ isList, hasDegree }) => !isList || hasDegree)
        .map(({ end }) => end)
        .filter((end) => this.#stems[end] === ','),
    )
    const statements = new Set<number>()
    const doubtful = new Set<number>()
    const open = new Set<number>()
    let isClosed = false
    for (let index = segments.length - 1; index > 0; index -= 1) {
      const segment = segments[index]
      if (segment === undefined) continue
      const comma = segment.start - 1
      if (this.#stems[comma] !== ',') {
        isClosed = false
        continue
      }
      isClosed = segment.isList && (segment.isLastOfList || isClosed)
      if (isClosed) continue
      if (!segment.isList || segment.hasDegree) statements.add(comma)
      else {
        open.add(comma)
        if (segment.isDoubtful) doubtful.add(comma)
      }
    }
    return { statements, statementEnds, doubtful, open }
  }
}

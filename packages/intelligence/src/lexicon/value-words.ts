import { z } from 'zod'
import type { Concept } from './concept.ts'
import { conjunctions, copulas, determiners, adjectives, sides } from './gap-words.ts'
import { stepsOf } from './phrase.ts'
import { type Hit, PhraseTrie } from './phrase-trie.ts'
import { stemOf } from './stem.ts'
import { links, ofDates, ofTests } from './value-links.ts'
import type { Token } from './tokens.ts'

/** The content of `values.yaml`: words that describe any observable as normal or abnormal. */
export const valueWords = z.strictObject({
  normal: z.array(z.string().min(1)).min(1),
  abnormal: z.array(z.string().min(1)).min(1),
  /** Nouns that may stand between: "bladder ‹function› normal". */
  between: z.array(z.string().min(1)),
})

export type ValueWords = z.infer<typeof valueWords>

type Verdict = 'normal' | 'abnormal'
interface ValueEntry {
  readonly verdict: Verdict
  /** Applies only to this observable; absent: to all. */
  readonly conceptId?: string
}

/** An observable in the text, by token indexes. */
export interface Observed {
  readonly conceptId: string
  readonly start: number
  readonly end: number
}

/** What the words beside an observable say about it. Covers both. */
export interface JudgedObservable extends Observed {
  readonly verdict: Verdict
  /** The tokens of the value. */
  readonly value: { readonly start: number; readonly end: number }
}

const maxBetween = 10
/** At most this many observables share a value: "speech, vision and gait are normal". */
const maxShared = 8
const negations = new Set(
  [
    'no',
    'not',
    'never',
    'without',
    'isnt',
    'arent',
    'wasnt',
    'hasnt',
    'havent',
    'doesnt',
    'dont',
    'denies',
    'deny',
    'none',
    'nor',
    'neither',
  ].map(stemOf),
)
const answers = new Set(['no', 'none', 'denies', 'deny', 'negative', 'neg', 'nil'].map(stemOf))
/**
 * Reads "bladder function normal", "no trouble with speech", "gait: unsteady": an observable with a value before
 * or after it.
 */
export class ValueReader {
  readonly #values = new PhraseTrie<ValueEntry>()
  readonly #between: ReadonlySet<string>
  /** Observables whose normal value is a separate finding: a negative test. */
  readonly #tests: ReadonlySet<string>
  /** Cached by token index while a text is read, because all nearby observables use them. */
  #hits: (readonly Hit<ValueEntry>[] | undefined)[] = []

  constructor(words: ValueWords, concepts: readonly Concept[]) {
    this.#between = new Set(words.between.flatMap(stepsOf))
    this.#tests = new Set(
      concepts.flatMap(({ id, values }) => (values?.normal.asserts === undefined ? [] : [id])),
    )
    this.#add(words.normal, { verdict: 'normal' })
    this.#add(words.abnormal, { verdict: 'abnormal' })
    for (const { id, values } of concepts) {
      this.#add(values?.normalWords ?? [], { verdict: 'normal', conceptId: id })
      this.#add(values?.abnormalWords ?? [], { verdict: 'abnormal', conceptId: id })
    }
  }

  #add(words: readonly string[], entry: ValueEntry): void {
    for (const word of words) this.#values.add(stepsOf(word), entry)
  }

  /** All observables with a value beside them. `observed` must be in text order. */
  read(tokens: readonly Token[], observed: readonly Observed[]): readonly JudgedObservable[] {
    const ends = new Map(observed.map(({ start, end }) => [start, end]))
    const starts = new Map(observed.map(({ start, end }) => [end, start]))
    const judged: JudgedObservable[] = []
    this.#hits = []
    for (const one of observed) {
      const after = this.#after(tokens, one, ends)
      const before = this.#before(tokens, one, starts)
      const nearer =
        after !== undefined && before !== undefined
          ? before.distance <= after.distance
            ? before
            : after
          : (after ?? before)
      if (nearer !== undefined) judged.push(nearer.judged)
    }
    return judged
  }

  #valueAt(
    tokens: readonly Token[],
    index: number,
    conceptId: string,
  ): { readonly verdict: Verdict; readonly end: number } | undefined {
    let best:
      | { readonly verdict: Verdict; readonly end: number; readonly isOwn: boolean }
      | undefined
    const hits = (this.#hits[index] ??= this.#values.from(tokens, index))
    for (const { entry, end } of hits) {
      if (entry.conceptId !== undefined && entry.conceptId !== conceptId) continue
      const isOwn = entry.conceptId !== undefined
      if (best === undefined || end > best.end || (end === best.end && isOwn && !best.isOwn)) {
        best = { verdict: entry.verdict, end, isOwn }
      }
    }
    return best
  }

  #after(tokens: readonly Token[], one: Observed, ends: ReadonlyMap<number, number>) {
    let isNegated = false
    let shared = 0
    let index = one.end + 1
    const isTest = this.#tests.has(one.conceptId)
    for (let distance = 0; distance <= maxBetween; distance += 1) {
      const token = tokens[index]
      if (token === undefined) return undefined
      const value = this.#valueAt(tokens, index, one.conceptId)
      if (value !== undefined) {
        const judged = this.#judge(one, value.verdict, isNegated, index, value.end)
        return { distance, judged }
      }
      const other = ends.get(index)
      if (!isTest && answers.has(token.stem) && isStop(tokens[index + 1])) {
        // "Bladder: none." A bare noun may be denied.
        const judged = this.#judge(one, 'normal', false, index, index)
        return { distance, judged }
      }
      if (negations.has(token.stem)) isNegated = true
      else if (other !== undefined && distance > 0 && shared < maxShared) {
        shared += 1
        index = other
        distance -= 1
      } else if (
        !this.#mayStandBetween(token) &&
        token.stem !== ':' &&
        token.stem !== '|' &&
        token.stem !== '(' &&
        token.stem !== ')' &&
        !(isTest && (ofTests.has(token.stem) || isBeforeReading(tokens, index))) &&
        !(token.stem === '/' && tokens[index - 1]?.kind === 'number') &&
        !isListMark(tokens, index, ends)
      ) {
        return undefined
      }
      index += 1
    }
    return undefined
  }

  #before(tokens: readonly Token[], one: Observed, starts: ReadonlyMap<number, number>) {
    let shared = 0
    let index = one.start - 1
    for (let distance = 0; distance <= maxBetween; distance += 1) {
      const token = tokens[index]
      if (token === undefined) return undefined
      const value = this.#valueEndingAt(tokens, index, one.conceptId)
      if (value !== undefined) {
        const isNegated = negatesValue(tokens, value.start)
        const judged = this.#judge(one, value.verdict, isNegated, value.start, index)
        return { distance, judged }
      }
      const other = starts.get(index)
      if (other !== undefined && distance > 0 && shared < maxShared) {
        shared += 1
        index = other
        distance -= 1
      } else if (
        !this.#mayStandBetween(token) &&
        !((token.stem === ',' || token.stem === '/') && starts.has(index - 1))
      ) {
        return undefined
      }
      index -= 1
    }
    return undefined
  }

  #valueEndingAt(tokens: readonly Token[], end: number, conceptId: string) {
    for (let length = 3; length >= 1; length -= 1) {
      const start = end - length + 1
      const value = start >= 0 ? this.#valueAt(tokens, start, conceptId) : undefined
      if (value?.end === end) return { start, verdict: value.verdict }
    }
    return undefined
  }

  #judge(
    { conceptId, start, end }: Observed,
    verdict: Verdict,
    isNegated: boolean,
    from: number,
    to: number,
  ): JudgedObservable {
    const turned = verdict === 'normal' ? 'abnormal' : 'normal'
    return {
      conceptId,
      verdict: isNegated ? turned : verdict,
      start: Math.min(start, from),
      end: Math.max(end, to),
      value: { start: from, end: to },
    }
  }

  #mayStandBetween({ stem, kind }: Token): boolean {
    return (
      copulas.has(stem) ||
      determiners.has(stem) ||
      conjunctions.has(stem) ||
      sides.has(stem) ||
      adjectives.has(stem) ||
      links.has(stem) ||
      stem === '-' ||
      kind === 'number' ||
      ofDates.has(stem) ||
      this.#between.has(stem)
    )
  }
}

/**
 * "not normal gait" reverses the value; the denial of a finding ("no blurred vision") is handled by the
 * modifiers.
 */
function negatesValue(tokens: readonly Token[], start: number): boolean {
  return tokens[start - 1]?.stem === 'not'
}

/** "placed 5/11, read 5/13": a comma that is not followed by another test. */
function isBeforeReading(tokens: readonly Token[], index: number): boolean {
  const next = tokens[index + 1]
  return (
    tokens[index]?.stem === ',' &&
    next !== undefined &&
    (next.kind === 'number' || ofTests.has(next.stem))
  )
}

function isStop(token: Token | undefined): boolean {
  return token === undefined || (token.kind === 'mark' && token.stem !== '-' && token.stem !== '/')
}

/** A comma or slash between two observables. */
function isListMark(
  tokens: readonly Token[],
  index: number,
  ends: ReadonlyMap<number, number>,
): boolean {
  const stem = tokens[index]?.stem
  if (stem !== ',' && stem !== '/') return false
  const next = tokens[index + 1]?.stem ?? ''
  return ends.has(index + 1) || (conjunctions.has(next) && ends.has(index + 2))
}

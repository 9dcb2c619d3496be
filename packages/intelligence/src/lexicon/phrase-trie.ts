import {
  adjectives,
  conjunctions,
  determiners,
  isGapWord,
  prepositions,
  sides,
} from './gap-words.ts'
import { stemOf } from './stem.ts'
import type { Token } from './tokens.ts'

/** A step that requires a preposition: weakness ‹of the left› leg. */
export const joint = Symbol('joint')
export type Step = string | typeof joint

interface Node<T> {
  /** Absent if no longer phrase continues here. */
  next?: Map<Step, Node<T>>
  readonly entries: T[]
}

interface Phrase<T> {
  readonly steps: readonly Step[]
  readonly entry: T
}

/** All phrases that begin with one word. */
interface Opening<T> {
  /** Phrases whose nodes have not been built yet. */
  readonly waiting: Phrase<T>[]
  node?: Node<T>
}

/** A match that ends in an entry. Token indexes; `end` is the last one. */
export interface Hit<T> {
  readonly entry: T
  readonly start: number
  readonly end: number
  /** The tokens of the match in order, without those in gaps. */
  readonly used: readonly number[]
}

const softGap = 3
const jointGap = 6

/**
 * Phrases over stems, found in one sweep. From each token at most `phrase length × gap` tokens are examined, so
 * a sweep is linear.
 *
 * The nodes below a first word are built when a text first contains it, because a note contains few of the first
 * words.
 */
export class PhraseTrie<T> {
  readonly #openings = new Map<Step, Opening<T>>()

  add(steps: readonly Step[], entry: T): void {
    const first = steps[0]
    if (first === undefined) return
    const opening = this.#openings.get(first)
    if (opening === undefined) this.#openings.set(first, { waiting: [{ steps, entry }] })
    else if (opening.node !== undefined) addUnder(opening.node, { steps, entry })
    else opening.waiting.push({ steps, entry })
  }

  #under(first: Step): Node<T> | undefined {
    const opening = this.#openings.get(first)
    return opening === undefined ? undefined : (opening.node ?? build(opening))
  }

  /** The words at which a phrase may begin, in token order. */
  firstWordsOf(tokens: readonly Token[]): readonly string[] {
    const words: string[] = []
    for (let index = 0; index < tokens.length; index += 1) {
      const stem = tokens[index]?.stem ?? ''
      if (this.#openings.has(stem)) words.push(stem)
      const joined = tightJoin(tokens, index)
      if (joined !== undefined && this.#openings.has(joined)) words.push(joined)
    }
    return words
  }

  /** All phrases that begin at token `start`. */
  from(tokens: readonly Token[], start: number): readonly Hit<T>[] {
    const first = tokens[start]
    if (first === undefined) return []
    const node = this.#under(first.stem)
    const joined = tightJoin(tokens, start)
    const other = joined === undefined ? undefined : this.#under(joined)
    if (node === undefined && other === undefined) return []
    const hits: Hit<T>[] = []
    if (node !== undefined) this.#arrive(tokens, node, start, [start], hits)
    if (other !== undefined) this.#arrive(tokens, other, start + 2, [start, start + 2], hits)
    return hits
  }

  #walk(
    tokens: readonly Token[],
    node: Node<T>,
    index: number,
    used: readonly number[],
    hits: Hit<T>[],
  ): void {
    const token = tokens[index]
    if (token === undefined || hits.length > 32) return
    const next = node.next?.get(token.stem)
    if (next !== undefined) this.#arrive(tokens, next, index, [...used, index], hits)
    const joined = tightJoin(tokens, index)
    if (joined !== undefined) {
      const other = node.next?.get(joined)
      if (other !== undefined) {
        this.#arrive(tokens, other, index + 2, [...used, index, index + 2], hits)
      }
    }
  }

  #arrive(
    tokens: readonly Token[],
    node: Node<T>,
    end: number,
    used: readonly number[],
    hits: Hit<T>[],
  ): void {
    for (const entry of node.entries) hits.push({ entry, start: used[0] ?? end, end, used })
    if (node.next === undefined) return
    const after = nextIndex(tokens, end)
    this.#walk(tokens, node, after, used, hits)
    let index = after
    for (let skipped = 0; skipped < softGap; skipped += 1) {
      const token = tokens[index]
      if (token === undefined || !isGapWord(token.stem)) break
      index = nextIndex(tokens, index)
      this.#walk(tokens, node, index, used, hits)
    }
    const behind = node.next.get(joint)
    if (behind !== undefined) this.#walkJoint(tokens, behind, after, used, hits)
  }

  #walkJoint(
    tokens: readonly Token[],
    node: Node<T>,
    after: number,
    used: readonly number[],
    hits: Hit<T>[],
  ): void {
    let hasPreposition = false
    let index = after
    for (let skipped = 0; skipped < jointGap; skipped += 1) {
      const token = tokens[index]
      if (token === undefined) return
      const { stem } = token
      const follower = tokens[index + 1]
      if (prepositions.has(stem)) hasPreposition = true
      else if (
        !hasPreposition &&
        skipped === 0 &&
        (conjunctions.has(stem) || stem === '/') &&
        follower?.kind === 'word'
      ) {
        // "weakness and numbness of the leg": skips the head of the other term.
        index += 1
      } else if (
        !determiners.has(stem) &&
        !sides.has(stem) &&
        !adjectives.has(stem) &&
        !(hasPreposition && (conjunctions.has(stem) || stem === '-'))
      ) {
        return
      }
      index = nextIndex(tokens, index)
      if (hasPreposition) this.#walk(tokens, node, index, used, hits)
    }
  }
}

/** The next token, skipping a hyphen or slash inside a compound ("x-ray", "bowel/bladder"). */
function nextIndex(tokens: readonly Token[], index: number): number {
  const next = tokens[index + 1]
  if (
    next !== undefined &&
    !next.isSpaced &&
    (next.stem === '-' || next.stem === '/' || next.stem === '.') &&
    tokens[index + 2]?.isSpaced === false
  ) {
    return index + 2
  }
  return index + 1
}

/** "non-steroidal" as "nonsteroidal". */
function tightJoin(tokens: readonly Token[], index: number): string | undefined {
  const hyphen = tokens[index + 1]
  if (hyphen?.stem !== '-' || hyphen.isSpaced) return undefined
  const first = tokens[index]
  const second = tokens[index + 2]
  if (first?.kind !== 'word') return undefined
  if (second === undefined || second.isSpaced || second.kind !== 'word') return undefined
  return stemOf(first.word + second.word)
}

function build<T>(opening: Opening<T>): Node<T> {
  const node: Node<T> = { entries: [] }
  for (const phrase of opening.waiting) addUnder(node, phrase)
  opening.waiting.length = 0
  opening.node = node
  return node
}

function addUnder<T>(first: Node<T>, { steps, entry }: Phrase<T>): void {
  let node = first
  for (let at = 1; at < steps.length; at += 1) {
    const step = steps[at] as Step // `at` is less than the length
    node.next ??= new Map()
    let next = node.next.get(step)
    if (next === undefined) {
      next = { entries: [] }
      node.next.set(step, next)
    }
    node = next
  }
  if (!node.entries.includes(entry)) node.entries.push(entry)
}

import type { Span } from '../../document/note-document.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'

/**
 * Something that a time may belong to. Words of relief compete too: "relief for 3 months" is not a course of
 * therapy.
 */
export interface Target extends Span {
  readonly kind: 'therapy' | 'study' | 'finding' | 'relief' | 'other'
}

export interface Placed {
  readonly target: Target
  readonly first: number
  readonly next: number
}
/**
 * Maximum distance of a time in tokens: a time further away belongs to something else, and the limit keeps the
 * search linear.
 */
const reach = 40

const stops = /^(?:[;.]|but|however|then)$/

export function place(tokens: readonly Token[], targets: readonly Target[]): readonly Placed[] {
  return targets
    .map((target) => ({ target, ...tokensWithin(tokens, target) }))
    .sort((one, other) => one.first - other.first)
}

/** Index of the first target that ends after a token. */
export function firstFrom(placed: readonly Placed[], token: number): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.next ?? 0) <= token) low = middle + 1
    else high = middle
  }
  return low
}

interface Neighbor {
  readonly index: number
  readonly distance: number
  /** A full stop, "but" or similar stands between them. */
  readonly isCut: boolean
}

export function near(
  tokens: readonly Token[],
  placed: readonly Placed[],
  from: number,
  time: { readonly first: number; readonly next: number },
  isAllowed: (one: Placed) => boolean,
): Neighbor | undefined {
  for (let index = from; index < from + 4; index += 1) {
    const one = placed[index]
    if (one === undefined || one.first - time.next > reach) return undefined
    if (isAllowed(one))
      return { index, distance: one.first - time.next, isCut: isCut(tokens, time.next, one.first) }
  }
  return undefined
}

export function behindOf(
  tokens: readonly Token[],
  placed: readonly Placed[],
  from: number,
  time: { readonly first: number; readonly next: number },
  isAllowed: (one: Placed) => boolean,
): Neighbor | undefined {
  for (let index = from; index > from - 4; index -= 1) {
    const one = placed[index]
    if (one === undefined || time.first - one.next > reach) return undefined
    if (isAllowed(one))
      return { index, distance: time.first - one.next, isCut: isCut(tokens, one.next, time.first) }
  }
  return undefined
}

export function isCut(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const token = tokens[at]
    if (
      token !== undefined &&
      stops.test(token.text) &&
      !(
        token.text === '.' &&
        token.isGlued &&
        /^(?:wk|mo|yr|dr|vs|approx)s?$/.test(tokens[at - 1]?.text ?? '')
      )
    )
      return true
  }
  return false
}

const links = /^(?:,|\/|&|\+|and|plus|or|\(|:|-|including|consisting|of|with|as|well|also|both)$/

/** The targets of the same kind that form one list with this one: "PT, NSAIDs and HEP". */
export function listFrom(
  index: number,
  step: 1 | -1,
  tokens: readonly Token[],
  placed: readonly Placed[],
): readonly Placed[] {
  const list: Placed[] = []
  let current = placed[index]
  for (let at = index; current !== undefined; at += step) {
    list.push(current)
    const other: Placed | undefined = placed[at + step]
    if (other === undefined || other.target.kind !== current.target.kind) break
    const [left, right] = step === 1 ? [current, other] : [other, current]
    if (!isList(tokens, left.next, right.first)) break
    current = other
  }
  return list
}

const dosing =
  /^(?:mg|mcg|g|bid|tid|qid|qd|qhs|qam|daily|nightly|weekly|prn|po|sc|subq|tabs?|tablets?|caps?)$/

/**
 * Two list members are separated by a comma, "and" or slash and at most two other words: "PT, oral NSAIDs and a
 * home exercise program".
 */
function isList(tokens: readonly Token[], from: number, to: number): boolean {
  if (to - from > 8) return false
  let words = 0
  let isLinked = to <= from
  for (let at = from; at < to; at += 1) {
    const text = tokens[at]?.text ?? ''
    // "naproxen 500 bid, then cyclobenzaprine": doses and frequencies may stand between.
    if (
      dosing.test(text) ||
      (tokens[at]?.kind === 'number' && dosing.test(tokens[at + 1]?.text ?? ','))
    )
      continue
    if (text === 'then' && /^(?:,|and)$/.test(tokens[at - 1]?.text ?? '')) continue
    if (links.test(text)) isLinked ||= !/^(?:of|-|also|as|well)$/.test(text)
    else if (
      tokens[at]?.kind === 'word' &&
      !stops.test(text) &&
      !/^(?:for|x|then|without|no|not|started|completed|since|until|which|helped|failed)$/.test(
        text,
      )
    )
      words += 1
    else return false
  }
  return isLinked && words <= 2
}

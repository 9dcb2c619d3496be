import type { Span } from '../../document/note-document.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Side } from '../fact.ts'
import { isOfSubject, type SideMention, sideOfAll } from '../values/sides.ts'
import { type Token, tokenAt, tokensWithin } from '../values/tokens.ts'
import type { PlaceText } from './place-text.ts'

const breaks = /^(?:[,;.:]|and|but|however|while|with|then)$/
const strongBreaks = /^(?:[;.]|but|however)$/
const persons = /^(?:he|she|they|i|we|pt|patient)$/
const reach = 30
export const ofPart = /^(?:the|of|his|her|their|my|this|that)$/

/** The nearest part of the body, with the parts in the same list; parts beyond a full stop or "but" come last. */
export function sitesNear(
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
export function sideNear(
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

import type { Span } from '../../document/note-document.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import type { Token } from '../values/tokens.ts'
import { isMonthOf } from './month-of-study.ts'
import { requiredTimes } from './required-times.ts'
import {
  type Target,
  type Placed,
  place,
  firstFrom,
  near,
  behindOf,
  listFrom,
} from './neighboring-targets.ts'

/** The times of each target, in text order. The members of a list share a time before or after the list. */
export type BoundTimes = ReadonlyMap<Target, readonly TimeExpression[]>

/** Something that belongs to a target by its position: an outcome, a percentage of relief. */
export interface Attached extends Span {
  readonly first: number
  readonly next: number
  /** `forward`: belongs to what follows, else to what precedes; `backward`: the opposite. */
  readonly direction: 'forward' | 'backward'
}

/** Assigns the times of a unit to their targets. */
export function bindTimes(
  tokens: readonly Token[],
  targets: readonly Target[],
  times: readonly TimeExpression[],
): BoundTimes {
  const placed = place(tokens, targets)
  const asked = requiredTimes(tokens, times)
  const bound = new Map<Target, TimeExpression[]>()
  for (const time of times) {
    if (time.kind === 'ignored' || asked.has(time)) continue
    for (const one of ownersOf(time, tokens, placed)) {
      const known = bound.get(one.target)
      if (known === undefined) bound.set(one.target, [time])
      else known.push(time)
    }
  }
  return bound
}

/** Assigns a statement beside a therapy to that therapy, or to each member of the list that it ends or begins. */
export function bindAttached<A extends Attached>(
  tokens: readonly Token[],
  targets: readonly Target[],
  attached: readonly A[],
): ReadonlyMap<Target, readonly A[]> {
  const placed = place(tokens, targets)
  const bound = new Map<Target, A[]>()
  for (const one of attached) {
    const ahead = firstFrom(placed, one.next)
    const forward = near(tokens, placed, ahead, one, () => true)
    const backward = behindOf(tokens, placed, ahead - 1, one, () => true)
    const isForward =
      one.direction === 'forward'
        ? forward !== undefined && (!forward.isCut || backward === undefined)
        : backward === undefined
    const index = isForward ? forward?.index : backward?.index
    if (index === undefined) continue
    for (const owner of listFrom(index, isForward ? 1 : -1, tokens, placed)) {
      const known = bound.get(owner.target)
      if (known === undefined) bound.set(owner.target, [one])
      else known.push(one)
    }
  }
  return bound
}

function ownersOf(
  time: TimeExpression,
  tokens: readonly Token[],
  placed: readonly Placed[],
): readonly Placed[] {
  const index = ownerOf(time, tokens, placed)
  if (index === undefined) return []
  return (placed[index]?.first ?? 0) >= time.next
    ? listFrom(index, 1, tokens, placed)
    : listFrom(index, -1, tokens, placed)
}

function ownerOf(
  time: TimeExpression,
  tokens: readonly Token[],
  placed: readonly Placed[],
): number | undefined {
  const isOfTherapy =
    time.kind === 'sessions' ||
    isUntilStopped(time, tokens) ||
    (isStartOfEntry(time, tokens) &&
      placed.some(({ target, next }) => target.kind === 'therapy' && next <= time.first))
  const isAllowed = ({ target }: Placed) => !isOfTherapy || target.kind === 'therapy'
  const ahead = firstFrom(placed, time.first)
  // "12 physical therapy visits": the time is inside the target.
  const within = placed[ahead]
  if (within !== undefined && within.first < time.next && isAllowed(within)) return ahead
  if (within?.target.kind === 'study' && isMonthOf(time, within.first, tokens)) return ahead
  const forward = near(tokens, placed, ahead, time, isAllowed)
  const backward = behindOf(tokens, placed, ahead - 1, time, isAllowed)
  const isTied =
    'tie' in time ? time.tie : time.kind === 'sessions' ? tieOfSessions(tokens, time) : 'for'
  if (time.kind === 'day' && forward !== undefined && !forward.isCut && leadsOn(tokens, time))
    return backward !== undefined && isHeadedBy(placed[backward.index], tokens, time)
      ? backward.index
      : forward.index
  if (isTied === 'of') return forward?.index ?? backward?.index
  if (
    isTied === 'none' &&
    forward !== undefined &&
    forward.distance <= 3 &&
    !(backward !== undefined && backward.distance === 0)
  )
    return forward.index
  if (backward !== undefined && (!backward.isCut || forward === undefined))
    return time.kind === 'duration' ? reliefOf(backward.index, tokens, placed) : backward.index
  return forward !== undefined && (!forward.isCut || backward === undefined)
    ? forward.index
    : backward?.index
}

/** "Stopped for mouth sores after 3 weeks": the length belongs to what was stopped. */
function isUntilStopped({ kind, first }: TimeExpression, tokens: readonly Token[]): boolean {
  if (kind !== 'duration') return false
  const before = tokens.slice(Math.max(0, first - 10), first + 1)
  const after = before.findLastIndex(({ text }) => text === 'after')
  if (after < before.length - 3) return false
  return before.some(
    ({ text }, at) =>
      at < after && /^(?:stopped|discontinued|quit|held|abandoned|dc'd)$/.test(text),
  )
}

/** "Meloxicam 15 mg daily for back pain, started 4/2": after a comma, the start belongs to the drug of the entry. */
function isStartOfEntry({ kind, first }: TimeExpression, tokens: readonly Token[]): boolean {
  return (
    kind === 'day' &&
    /^(?:started|begun|initiated)$/.test(tokens[first - 1]?.text ?? '') &&
    /^(?:,|\(|-|–)$/.test(tokens[first - 2]?.text ?? '')
  )
}

/** "80% improvement in leg pain lasting 14 weeks": the length belongs to the improvement. */
function reliefOf(index: number, tokens: readonly Token[], placed: readonly Placed[]): number {
  const [one, before] = [placed[index], placed[index - 1]]
  const isOfTrouble =
    one?.target.kind === 'finding' &&
    before?.target.kind === 'relief' &&
    one.first - before.next <= 4 &&
    /^(?:in|of|from|with)$/.test(tokens[before.next]?.text ?? '')
  return isOfTrouble ? index - 1 : index
}

/**
 * "3/2/26: injection", "Last week, she had …", "…; on 4/1 an injection": a day at the beginning dates what
 * follows.
 */
function leadsOn(tokens: readonly Token[], { first, next }: TimeExpression): boolean {
  if (/^(?::|-)$/.test(tokens[next]?.text ?? '')) return true
  const before = tokens[first - 1]?.text ?? ''
  const head = /^(?:in|on|since|about|around)$/.test(before)
    ? (tokens[first - 2]?.text ?? '')
    : before
  return head === '' || /^(?:[,;.]|and|then)$/.test(head)
}

/**
 * "MRI lumbar spine 2/1/26: stenosis", "Injection on 3/5: 60 % relief": the act stands first, then its day, then
 * its result.
 */
function isHeadedBy(
  one: Placed | undefined,
  tokens: readonly Token[],
  { first }: TimeExpression,
): boolean {
  if (one === undefined || first - one.next > 6) return false
  if (one.target.kind !== 'study' && one.target.kind !== 'therapy') return false
  return tokens
    .slice(one.next, first)
    .every(({ text, kind }) => kind === 'word' || /^[()/-]$/.test(text))
}

function tieOfSessions(tokens: readonly Token[], time: TimeExpression): 'of' | 'none' {
  return tokens[time.next]?.text === 'of' ? 'of' : 'none'
}

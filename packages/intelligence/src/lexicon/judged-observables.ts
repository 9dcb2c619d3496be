import type { Unit } from '../document/note-document.ts'
import type { Hit } from './phrase-trie.ts'
import type { Entry } from './terms.ts'
import type { Token } from './tokens.ts'
import type { JudgedObservable, Observed } from './value-words.ts'

/** The judged observables that cover each token. */
export function byToken(
  judged: readonly JudgedObservable[],
): ReadonlyMap<number, readonly JudgedObservable[]> {
  const at = new Map<number, JudgedObservable[]>()
  for (const one of judged) {
    for (let token = one.start; token <= one.end; token += 1) {
      const list = at.get(token)
      if (list === undefined) at.set(token, [one])
      else list.push(one)
    }
  }
  return at
}

/**
 * An observable with a value is represented by that value's finding; so is a finding inside the text of a normal
 * observable.
 */
export function isCovered(hit: Hit<Entry>, judged: readonly JudgedObservable[]): boolean {
  return judged.some(
    (one) =>
      one.start <= hit.start &&
      hit.end <= one.end &&
      (one.conceptId === hit.entry.conceptId ||
        one.verdict === 'normal' ||
        (one.value.start <= hit.start && hit.end <= one.value.end)),
  )
}

const denials = new Set(['no', 'deny', 'without', 'neither', 'nor'])
const joins = new Set(['or', 'nor', 'and', '/'])
/** "No bowel, bladder or gait": a denial is searched for across at most this many observables. */
const maxListed = 4

/** "No bladder or bowel.": a bare noun may be denied if nothing follows that the denial could apply to. */
export function isDeniedAlone(
  tokens: readonly Token[],
  { start, end }: Observed,
  starts: ReadonlyMap<number, number>,
  unit: Unit | undefined,
): boolean {
  if (unit?.polarity === 'no') return start === 0
  const next = tokens[end + 1]
  if (next !== undefined && next.kind !== 'mark' && !joins.has(next.stem)) return false
  let at = start - 1
  for (let listed = 0; listed < maxListed; listed += 1) {
    const before = tokens[at]?.stem ?? ''
    if (denials.has(before)) return true
    const other = joins.has(before) ? starts.get(at - 1) : undefined
    if (other === undefined) return false
    at = other - 1
  }
  return false
}

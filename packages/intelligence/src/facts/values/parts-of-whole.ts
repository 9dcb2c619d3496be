import { durationAt, isCode, timeUnitDays } from './durations.ts'
import { isDash, numberAt } from './numbers.ts'
import { exactly, type Read } from './time-expression.ts'
import { readsAs, type Token } from './tokens.ts'

const between =
  /^(?:the|a|an|her|his|their|my|prescribed|planned|total|ordered|recommended|scheduled|required|authorized|approved|initial|full|of)$/

export const sessionNoun = /^(?:visits?|sessions?|appointments?|appts?|treatments?)$/

function overDeterminers(tokens: readonly Token[], index: number): number {
  let at = index
  while (at < index + 5 && between.test(tokens[at]?.text ?? '')) at += 1
  return at
}

/** "Last visit 2/27", "visit 2/27/2026": a day, not the second of 27 visits. */
function isDate(tokens: readonly Token[], index: number, link: number, next: number): boolean {
  if (tokens[link]?.text !== '/') return false
  const isLast = [1, 2, 3].some((step) =>
    /^(?:last|first|next|latest|final)$/.test(tokens[index - step]?.text ?? ''),
  )
  return isLast || (tokens[next]?.text === '/' && tokens[next + 1]?.kind === 'number')
}

/** "2 of 6 weeks" is two, "half of her six weeks" three, "4 of 12 visits" four, "week 2 of 6" at most two. */
export function partOfWholeAt(tokens: readonly Token[], index: number): Read | undefined {
  const text = tokens[index]?.text ?? ''
  if (text === 'week' || text === 'wk' || text === 'visit' || text === 'session') {
    const part = numberAt(tokens, index + 1)
    const link = part === undefined ? 0 : ofAt(tokens, part.next)
    const whole = link === 0 || part === undefined ? undefined : numberAt(tokens, link)
    if (part === undefined || whole === undefined) return undefined
    if (isDate(tokens, index, part.next, whole.next)) return undefined
    return /^v|^s/.test(text)
      ? { kind: 'sessions', count: part.value, outOf: whole.value, next: whole.next }
      : {
          ...exactly(part.value * 7, 'none'),
          days: Math.max(0, part.value - 1) * 7,
          next: whole.next,
        }
  }
  const share = shareAt(tokens, index)
  if (share !== undefined) {
    const whole = durationAt(tokens, share.next)
    if (whole !== undefined) {
      const days = Math.floor(whole.days * share.value)
      return { ...exactly(days, tieBehind(tokens, whole.next)), next: whole.next }
    }
    const visits = sessionsBehind(tokens, share.next)
    return visits === undefined
      ? undefined
      : {
          kind: 'sessions',
          count: Math.floor(visits.count * share.value),
          outOf: visits.count,
          next: visits.next,
        }
  }
  const part = numberAt(tokens, index)
  if (part === undefined || (tokens[index]?.isGlued === true && isCode(tokens, index)))
    return undefined
  // "2 weeks of the 6 weeks", "4 visits of 12"
  const partUnit = timeUnitDays(tokens[part.next])
  const isVisits = sessionNoun.test(tokens[part.next]?.text ?? '')
  const link = ofAt(tokens, partUnit !== undefined || isVisits ? part.next + 1 : part.next)
  if (link === 0) return undefined
  const whole = numberAt(tokens, overDeterminers(tokens, link))
  if (whole === undefined || whole.value < part.value) return undefined
  if (isVisits) return { kind: 'sessions', count: part.value, outOf: whole.value, next: whole.next }
  const visits = sessionsBehind(tokens, overDeterminers(tokens, link))
  if (visits !== undefined && partUnit === undefined)
    return { kind: 'sessions', count: part.value, outOf: visits.count, next: visits.next }
  const full = durationAt(tokens, overDeterminers(tokens, link))
  const unit = partUnit ?? timeUnitDays(tokens[(full?.next ?? 0) - 1])
  const isDuration = unit !== undefined && (full !== undefined || partUnit !== undefined)
  return isDuration
    ? {
        ...exactly(Math.round(part.value * unit), tieBehind(tokens, full?.next ?? whole.next)),
        next: full?.next ?? whole.next,
      }
    : undefined
}

/** The number of tokens of "of", "out of", "of the", or a slash directly after the number; 0 if there is none. */
function ofAt(tokens: readonly Token[], index: number): number {
  if (tokens[index]?.text === 'of') return index + 1
  if (readsAs(tokens, index, ['out', 'of'])) return index + 2
  const token = tokens[index]
  return token?.text === '/' && token.isGlued ? index + 1 : 0
}

function shareAt(
  tokens: readonly Token[],
  index: number,
): { readonly value: number; readonly next: number } | undefined {
  const text = tokens[index]?.text ?? ''
  const value =
    text === 'half' || text === 'halfway'
      ? 0.5
      : text === 'third'
        ? 1 / 3
        : text === 'quarter'
          ? 0.25
          : undefined
  if (value === undefined) return undefined
  let at = index + 1
  if (/^(?:of|through|into|way)$/.test(tokens[at]?.text ?? '')) at += 1
  if (tokens[at]?.text === 'through') at += 1
  // "half a year" is a length, not a fraction of one.
  if (at === index + 1 && tokens[at]?.text === 'a') return undefined
  const next = overDeterminers(tokens, at)
  return numberAt(tokens, next) === undefined ? undefined : { value, next }
}

function sessionsBehind(
  tokens: readonly Token[],
  index: number,
): { readonly count: number; readonly next: number } | undefined {
  const count = numberAt(tokens, index)
  if (count === undefined) return undefined
  let at = count.next
  if (isDash(tokens[at])) at += 1
  // "12 supervised physical therapy visits": a few words may stand between.
  for (let step = 0; step < 5; step += 1, at += 1) {
    const token = tokens[at]
    if (token === undefined || (token.kind !== 'word' && !/^[-/]$/.test(token.text)))
      return undefined
    if (sessionNoun.test(token.text)) return { count: count.value, next: at + 1 }
    if (
      /^(?:of|for|and|or|with|to|in|on|per|a|then|but|ago|was|were|is)$/.test(token.text) ||
      timeUnitDays(token) !== undefined
    )
      return undefined
  }
  return undefined
}

/** "12 visits", "12 PT sessions", "went three times". */
export function sessionsAt(tokens: readonly Token[], index: number): Read | undefined {
  if (tokens[index]?.isGlued === true && isCode(tokens, index)) return undefined
  const visits = sessionsBehind(tokens, index)
  if (visits !== undefined) return { kind: 'sessions', ...visits }
  const text = tokens[index]?.text ?? ''
  const isGone = /^(?:went|attended|came|gone|tried|been)$/.test(tokens[index - 1]?.text ?? '')
  // "went 2x"
  if (
    isGone &&
    /^\d{1,2}$/.test(text) &&
    tokens[index + 1]?.text === 'x' &&
    tokens[index + 1]?.isGlued
  )
    return { kind: 'sessions', count: Number(text), next: index + 2 }
  if (/^(?:once|twice)$/.test(text))
    return /^(?:went|attended|came|gone|tried)$/.test(tokens[index - 1]?.text ?? '')
      ? { kind: 'sessions', count: text === 'once' ? 1 : 2, next: index + 1 }
      : undefined
  const count = numberAt(tokens, index)
  return count !== undefined && tokens[count.next]?.text === 'times'
    ? { kind: 'sessions', count: count.value, next: count.next + 1 }
    : undefined
}

export function tieBehind(tokens: readonly Token[], index: number): 'of' | 'none' {
  const text = tokens[index]?.text ?? ''
  if (text === 'of' || text === 'worth') return 'of'
  return /^(?:history|course|trial|program|period|stint|h|hx)$/.test(text) &&
    /^(?:of|\/)$/.test(tokens[index + 1]?.text ?? '')
    ? 'of'
    : 'none'
}

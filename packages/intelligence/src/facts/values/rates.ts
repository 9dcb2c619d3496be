import { durationAt, isCode } from './durations.ts'
import { isDash, numberAt, numberOrRangeAt } from './numbers.ts'
import { exactly, type Read } from './time-expression.ts'
import { readsAs, type Token } from './tokens.ts'

/** "62-year-old", "45 yo", "age 45". */
export function ageAt(tokens: readonly Token[], index: number): Read | undefined {
  if (/^(?:age|aged)$/.test(tokens[index]?.text ?? '')) {
    const age = numberAt(tokens, tokens[index + 1]?.text === ':' ? index + 2 : index + 1)
    return age === undefined ? undefined : { kind: 'ignored', next: age.next }
  }
  const age = numberAt(tokens, index)
  if (age === undefined) return undefined
  const at = isDash(tokens[age.next]) ? age.next + 1 : age.next
  if (/^(?:yo|yof|yom)$/.test(tokens[at]?.text ?? '')) return { kind: 'ignored', next: at + 1 }
  if (readsAs(tokens, at, ['y', '/', 'o'])) return { kind: 'ignored', next: at + 3 }
  if (!/^(?:years?|yrs?|y|months?)$/.test(tokens[at]?.text ?? '')) return undefined
  const behind = isDash(tokens[at + 1]) ? at + 2 : at + 1
  if (/^(?:old|o)$/.test(tokens[behind]?.text ?? '')) return { kind: 'ignored', next: behind + 1 }
  return readsAs(tokens, behind, ['of', 'age']) ? { kind: 'ignored', next: behind + 2 } : undefined
}

/** "2w6": twice a week for six weeks. */
export function shorthandAt(tokens: readonly Token[], index: number): Read | undefined {
  const [times, letter, count] = [tokens[index], tokens[index + 1], tokens[index + 2]]
  const isRead =
    /^[1-7]$/.test(times?.text ?? '') &&
    letter?.text === 'w' &&
    letter.isGlued &&
    /^\d{1,2}$/.test(count?.text ?? '') &&
    count?.isGlued === true
  if (!isRead) return undefined
  return { ...exactly(Number(count.text) * 7, 'for'), isRate: true, next: index + 3 }
}

const perUnit = /^(?:days?|d|nights?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|h|visits?)$/

const often =
  /^(?:times?|x|visits?|sessions?|treatments?|days?|nights?|doses?|tabs?|tablets?|hours?|minutes?|min|mins)$/

/** "twice a week", "3x/wk", "two a month", "every 3 months", "q 6 hours", "3 days per week". */
export function rateAt(tokens: readonly Token[], index: number): Read | undefined {
  const text = tokens[index]?.text ?? ''
  if (/^(?:biw|tiw|qiw|qwk|qweek)$/.test(text))
    return { kind: 'ignored', isRate: true, next: index + 1 }
  if (text === 'every' || text === 'q' || text === 'each') {
    const amount = numberOrRangeAt(tokens, index + 1)
    const at = amount?.next ?? (tokens[index + 1]?.text === 'other' ? index + 2 : index + 1)
    const unit = isDash(tokens[at]) ? at + 1 : at
    return perUnit.test(tokens[unit]?.text ?? '') && text !== 'each'
      ? { kind: 'ignored', isRate: true, next: unit + 1 }
      : undefined
  }
  const count = /^(?:once|twice|thrice|several|few|multiple)$/.test(text)
    ? { next: index + 1 }
    : numberOrRangeAt(tokens, index)
  if (count === undefined || (tokens[index]?.isGlued === true && isCode(tokens, index)))
    return undefined
  let at = count.next
  if (often.test(tokens[at]?.text ?? '')) at += 1
  if (/^(?:daily|weekly|monthly|nightly)$/.test(tokens[at]?.text ?? ''))
    return { kind: 'ignored', isRate: true, next: at + 1 }
  // "two days of each week"
  if (tokens[at]?.text === 'of' && /^(?:each|every)$/.test(tokens[at + 1]?.text ?? '')) at += 1
  const isEach = /^(?:a|an|per|each|every|\/)$/.test(tokens[at]?.text ?? '')
  if (isEach && perUnit.test(tokens[at + 1]?.text ?? ''))
    return { kind: 'ignored', isRate: true, next: at + 2 }
  // "3x wk"
  const isTimes = tokens[at - 1]?.text === 'x' && at > count.next
  return isTimes && /^(?:wk|week|day|month|mo)$/.test(tokens[at]?.text ?? '')
    ? { kind: 'ignored', isRate: true, next: at + 1 }
    : undefined
}

/** "in 6 weeks", "within 2 weeks", "next 3 months", "every": a future time. */
export function followUpAt(tokens: readonly Token[], index: number): Read | undefined {
  if (!/^(?:in|within|next|coming|another)$/.test(tokens[index]?.text ?? '')) return undefined
  const read = durationAt(tokens, tokens[index + 1]?.text === 'the' ? index + 2 : index + 1)
  return read === undefined || tokens[read.next]?.text === 'ago'
    ? undefined
    : { kind: 'ignored', next: read.next }
}

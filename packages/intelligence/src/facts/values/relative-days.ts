import type { Days } from '../fact.ts'
import { addDays, monthDays, yearDays } from './calendar.ts'
import type { ReadDate } from './read-date.ts'
import type { Token } from './tokens.ts'

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/** "today", "yesterday", "last week", "on Monday", "earlier this year". */
export function relativeAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  if (noteDay === undefined) return undefined
  const text = tokens[index]?.text ?? ''
  const ahead = tokens[index + 1]?.text ?? ''
  const back = (first: number, last: number, next: number): ReadDate => ({
    days: { first: addDays(noteDay, -first), last: addDays(noteDay, -last) },
    next,
  })
  if (text === 'today' || text === 'tonight') return back(0, 0, index + 1)
  if (text === 'yesterday') return back(1, 1, index + 1)
  if (text === 'this' && /^(?:morning|afternoon|evening)$/.test(ahead)) return back(0, 0, index + 2)
  if (text === 'other' && ahead === 'day') return back(7, 2, index + 2)
  if (text === 'last') {
    if (ahead === 'night') return back(1, 1, index + 2)
    if (ahead === 'week') return back(13, 1, index + 2)
    if (ahead === 'month') return { days: lastMonth(noteDay), next: index + 2 }
    if (ahead === 'year')
      return { days: yearDays(Number(noteDay.slice(0, 4)) - 1), next: index + 2 }
  }
  if (text === 'this') {
    if (ahead === 'week') return back(6, 0, index + 2)
    if (ahead === 'month')
      return { days: { first: `${noteDay.slice(0, 8)}01`, last: noteDay }, next: index + 2 }
    if (ahead === 'year')
      return { days: { first: `${noteDay.slice(0, 4)}-01-01`, last: noteDay }, next: index + 2 }
  }
  const weekday = weekdays.indexOf(text)
  if (weekday === -1 || !/^(?:on|last|since|this|past)$/.test(tokens[index - 1]?.text ?? ''))
    return undefined
  const today = new Date(`${noteDay}T00:00:00Z`).getUTCDay()
  const ago = (today - weekday + 7) % 7
  return tokens[index - 1]?.text === 'last'
    ? back(ago === 0 ? 7 : ago + 7, ago === 0 ? 7 : ago, index + 1)
    : back(ago, ago, index + 1)
}

function lastMonth(noteDay: string): Days {
  const month = Number(noteDay.slice(5, 7))
  const year = Number(noteDay.slice(0, 4))
  return month === 1 ? monthDays(year - 1, 12) : monthDays(year, month - 1)
}

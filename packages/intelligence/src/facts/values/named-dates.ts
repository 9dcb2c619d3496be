import type { Days } from '../fact.ts'
import { monthDays } from './calendar.ts'
import { isDash } from './numbers.ts'
import {
  cueBefore,
  datedMonth,
  monthOf,
  partOf,
  type ReadDate,
  upToNote,
  writtenYearAt,
} from './read-date.ts'
import { relativeAt } from './relative-days.ts'
import { PhraseTable, timeWord, type Token } from './tokens.ts'

/** "The 12 may need …" is not a date, "12 May, was …" is. */
const mayBe =
  /^(?:also|be|become|benefit|come|continue|do|get|go|have|help|include|indicate|need|not|occur|proceed|represent|require|return|show|start|still|take|try|well|worsen)$/

/** "3 March 2026", "3rd of March". */
export function dayAndMonthAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  const day = tokens[index]?.text ?? ''
  if (!/^\d{1,2}$/.test(day)) return undefined
  let at = index + 1
  if (/^(?:st|nd|rd|th)$/.test(tokens[at]?.text ?? '') && tokens[at]?.isGlued) at += 1
  if (tokens[at]?.text === 'of') at += 1
  if (isDash(tokens[at])) at += 1
  const month = monthOf(tokens[at]?.text ?? '')
  if (
    month === 0 ||
    (tokens[at]?.text === 'may' &&
      tokens[at - 1]?.text !== 'of' &&
      mayBe.test(tokens[at + 1]?.text ?? ''))
  )
    return undefined
  const year = writtenYearAt(tokens, isDash(tokens[at + 1]) ? at + 2 : at + 1, noteDay)
  return datedMonth(Number(day), month, year, noteDay, year?.next ?? at + 1)
}

export function namedAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const relative = relativeAt(tokens, index, noteDay)
  if (relative !== undefined) return relative
  const text = tokens[index]?.text ?? ''
  const month = monthOf(text)
  if (month > 0) return monthAt(tokens, index, month, noteDay, isExpected)
  return holidayAt(tokens, index, noteDay) ?? seasonAt(tokens, index, noteDay, isExpected)
}

function monthAt(
  tokens: readonly Token[],
  index: number,
  month: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  let at = index + 1
  if (tokens[at]?.text === '.' && tokens[at]?.isGlued && tokens[at + 1]?.kind === 'number') at += 1
  const day = tokens[at]?.text ?? ''
  if (tokens[at]?.kind === 'number' && /^\d{1,2}$/.test(day) && !timeWord(tokens[at + 1])) {
    let next = at + 1
    if (/^(?:st|nd|rd|th)$/.test(tokens[next]?.text ?? '') && tokens[next]?.isGlued) next += 1
    const year = writtenYearAt(tokens, next, noteDay)
    const read = datedMonth(Number(day), month, year, noteDay, year?.next ?? next)
    if (read !== undefined) return read
  }
  const year = writtenYearAt(tokens, isDash(tokens[at]) ? at + 1 : at, noteDay)
  const before = tokens[index - 1]?.text ?? ''
  const farther = tokens[index - 2]?.text ?? ''
  if (year !== undefined)
    return {
      days: upToNote(partOf(monthDays(year.year, month), before, farther), noteDay),
      next: year.next,
    }
  // "Epidural (Jan)": a month alone in brackets.
  const isAlone = before === '(' && tokens[index + 1]?.text === ')'
  const cue = cueBefore(tokens, index) ?? (isAlone ? 'in' : undefined)
  const isOfStudy = namesStudy(tokens, index + 1, month)
  if (noteDay === undefined || (cue === undefined && !isExpected && !isOfStudy)) return undefined
  const isVerb =
    tokens[index]?.text === 'may' ||
    tokens[index]?.text === 'march' ||
    tokens[index]?.text === 'mar'
  if (
    isVerb &&
    !isExpected &&
    !isOfStudy &&
    !/^(?:in|since|last|early|mid|late|until|through|by|during|from|past|this|around)$/.test(
      cue ?? '',
    )
  )
    return undefined
  const thisYear = Number(noteDay.slice(0, 4))
  const thisMonth = Number(noteDay.slice(5, 7))
  const isBefore = month < thisMonth || (month === thisMonth && cue !== 'last')
  return {
    days: upToNote(
      partOf(monthDays(isBefore ? thisYear : thisYear - 1, month), before, farther),
      noteDay,
    ),
    next: index + 1,
  }
}

const studies =
  /^(?:mri|mr|ct|scans?|xrays?|radiographs?|films?|echo|tte|echocardiogram|ultrasound|emg|psg|polysomnogram|pfts?|dexa|injections?|esi|labs?)$/
const parts = /^(?:knee|hip|brain|head|spine|lumbar|back|sleep|right|left|chest|cardiac)$/

/** "The January MRI", "her February knee films": the month belongs to the study. */
export function namesStudy(tokens: readonly Token[], from: number, month = 0): boolean {
  const isModal = month === 5
  for (let at = from; at < from + (isModal ? 1 : 3); at += 1) {
    const text = tokens[at]?.text ?? ''
    if (studies.test(text) || (text === 'x' && tokens[at + 2]?.text.startsWith('ray'))) return true
    if (!parts.test(text)) return false
  }
  return false
}

const seasons: Readonly<Record<string, readonly [from: string, to: string]>> = {
  spring: ['03-01', '06-20'],
  summer: ['06-01', '09-22'],
  fall: ['09-01', '12-21'],
  autumn: ['09-01', '12-21'],
  winter: ['12-01', '03-20'],
}

/** Holidays that notes use as dates, with their earliest and latest month and day. */
const holidays = new PhraseTable<readonly [from: string, to: string]>([
  [
    ['new', "year's|years|year", 'day|eve'],
    ['01-01', '01-01'],
  ],
  [
    ['new', "year's"],
    ['01-01', '01-01'],
  ],
  [
    ["valentine's|valentines", 'day'],
    ['02-14', '02-14'],
  ],
  [['easter'], ['03-22', '04-26']],
  [
    ['memorial', 'day'],
    ['05-25', '05-31'],
  ],
  [
    ['fourth', 'of', 'july'],
    ['07-04', '07-04'],
  ],
  [
    ['labor|labour', 'day'],
    ['09-01', '09-07'],
  ],
  [['halloween'], ['10-31', '10-31']],
  [
    ['veterans', 'day'],
    ['11-11', '11-11'],
  ],
  [['thanksgiving'], ['11-22', '11-28']],
  [['christmas'], ['12-24', '12-26']],
])

/** "since Easter", "around Labor Day 2025": the latest one in the past. */
function holidayAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
): ReadDate | undefined {
  const found = holidays.at(tokens, index)
  if (found === undefined) return undefined
  const [from, to] = found.value
  const year = writtenYearAt(tokens, found.next, noteDay)
  if (year !== undefined)
    return { days: { first: `${year.year}-${from}`, last: `${year.year}-${to}` }, next: year.next }
  const isArticle = tokens[index - 1]?.text === 'the'
  if (noteDay === undefined || isArticle || cueBefore(tokens, index) === undefined) return undefined
  const now = Number(noteDay.slice(0, 4))
  const latest = `${now}-${from}` <= noteDay ? now : now - 1
  return {
    days: upToNote({ first: `${latest}-${from}`, last: `${latest}-${to}` }, noteDay),
    next: found.next,
  }
}

/** "in spring", "last fall", "summer of 2025". "The fall" usually means an accident. */
function seasonAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const name = tokens[index]?.text ?? ''
  const season = Object.hasOwn(seasons, name) ? seasons[name] : undefined
  if (season === undefined) return undefined
  const daysIn = (year: number): Days => ({
    first: `${year}-${season[0]}`,
    last: `${season[1] < season[0] ? year + 1 : year}-${season[1]}`,
  })
  const year = writtenYearAt(tokens, index + 1, noteDay)
  if (year !== undefined) {
    const days = daysIn(year.year)
    // The winter of 2025 may have begun in 2024.
    return {
      days: name === 'winter' ? { first: `${year.year - 1}-12-01`, last: days.last } : days,
      next: year.next,
    }
  }
  const cue = cueBefore(tokens, index)
  const isArticle = tokens[index - 1]?.text === 'the'
  const isTime =
    name === 'fall'
      ? /^(?:last|this|past|early|late|mid)$/.test(cue ?? '') || (cue === 'in' && !isArticle)
      : cue !== undefined || isExpected
  if (noteDay === undefined || !isTime) return undefined
  const now = Number(noteDay.slice(0, 4))
  const found = [now, now - 1, now - 2]
    .map(daysIn)
    .find(({ first, last }) => first <= noteDay && (cue !== 'last' || last < noteDay))
  return found === undefined ? undefined : { days: upToNote(found, noteDay), next: index + 1 }
}

import { isCalendarDay, isoDay, monthDays, oneDay } from './calendar.ts'
import { isDash } from './numbers.ts'
import { cueBefore, fullYear, lastDayOf, type ReadDate, upToNote } from './read-date.ts'
import type { Token } from './tokens.ts'

/** "2026-03-02", "3/2/2026", "3-2-26", "3/2026", "3.2.2026"; after a cue also "3/2" and "3/26". */
export function numericAt(
  tokens: readonly Token[],
  index: number,
  noteDay: string | undefined,
  isExpected: boolean,
): ReadDate | undefined {
  const parts: string[] = [tokens[index]?.text ?? '']
  let sign: string | undefined
  let next = index + 1
  while (parts.length < 3) {
    const mark = tokens[next]
    const number = tokens[next + 1]
    const isPart =
      mark?.isGlued === true &&
      (mark.text === '/' || isDash(mark) || mark.text === '.') &&
      number?.kind === 'number' &&
      number.isGlued
    if (!isPart || (sign !== undefined && mark.text !== sign)) break
    sign = mark.text
    parts.push(number.text)
    next += 2
  }
  if (tokens[next]?.text === '/' && tokens[next]?.isGlued && tokens[next + 1]?.kind === 'number')
    return undefined
  // "3.2.2026" is tokenized as the number 3.2 and the year.
  const dotted = /^(\d{1,2})\.(\d{1,2})$/.exec(parts[0] ?? '')
  if (dotted !== null && sign === '.' && parts.length === 2)
    return usDate(dotted[1] ?? '', dotted[2] ?? '', parts[1] ?? '', noteDay, next)
  if (sign === undefined || sign === '.' || parts.some((part) => !/^\d{1,4}$/.test(part)))
    return undefined
  const [one = '', two = '', three] = parts
  if (three !== undefined)
    return one.length === 4
      ? isoDate(one, two, three, next)
      : usDate(one, two, three, noteDay, next)
  if (one.length === 4 && two.length === 2)
    return monthDate(Number(one), Number(two), noteDay, next)
  if (two.length === 4 && one.length <= 2) return monthDate(Number(two), Number(one), noteDay, next)
  if (sign !== '/' || one.length > 2 || two.length > 2) return undefined
  // "06/12" is neither a score nor a fraction.
  const isPadded = /^0\d$/.test(one) && two.length === 2
  if (!isExpected && !isPadded && cueBefore(tokens, index) === undefined) return undefined
  return halfDate(one, two, noteDay, next)
}

function isoDate(year: string, month: string, day: string, next: number): ReadDate | undefined {
  return isCalendarDay(Number(year), Number(month), Number(day))
    ? { days: oneDay(isoDay(Number(year), Number(month), Number(day))), next }
    : undefined
}

function usDate(
  month: string,
  day: string,
  yearText: string,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (yearText.length !== 2 && yearText.length !== 4) return undefined
  return isoDate(String(fullYear(yearText, noteDay)), month, day, next)
}

function monthDate(
  year: number,
  month: number,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (!isCalendarDay(year, month, 1)) return undefined
  return { days: upToNote(monthDays(year, month), noteDay), next }
}

/** "3/15": the last such day; "3/26" in 2026 also means March of that year. */
function halfDate(
  one: string,
  two: string,
  noteDay: string | undefined,
  next: number,
): ReadDate | undefined {
  if (noteDay === undefined) return undefined
  const asDay = lastDayOf(Number(one), Number(two), noteDay)
  const year = fullYear(two, noteDay)
  const age = Number(noteDay.slice(0, 4)) - year
  const asMonth =
    two.length === 2 &&
    age >= 0 &&
    age <= (asDay === undefined ? 40 : 10) &&
    isCalendarDay(year, Number(one), 1) &&
    monthDays(year, Number(one)).first <= noteDay
      ? upToNote(monthDays(year, Number(one)), noteDay)
      : undefined
  if (asDay === undefined) return asMonth === undefined ? undefined : { days: asMonth, next }
  if (asMonth === undefined) return { days: asDay, next }
  return { days: asDay, otherwise: asMonth, next }
}

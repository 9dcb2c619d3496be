import type { Days } from '../fact.ts'

const dayMs = 86_400_000

export function addDays(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) + Math.round(count) * dayMs
  return Number.isNaN(time) ? day : new Date(time).toISOString().slice(0, 10)
}

/** Days from one day to another; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export function isCalendarDay(year: number, month: number, day: number): boolean {
  return (
    year >= 1900 &&
    year <= 2100 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= lastOfMonth(year, month)
  )
}

function lastOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function monthDays(year: number, month: number): Days {
  return { first: isoDay(year, month, 1), last: isoDay(year, month, lastOfMonth(year, month)) }
}

export function yearDays(year: number): Days {
  return { first: `${year}-01-01`, last: `${year}-12-31` }
}

export function oneDay(day: string): Days {
  return { first: day, last: day }
}

/** Cuts off the part of the range after the day of the note; ranges completely after it are unchanged. */
export function until({ first, last }: Days, day: string): Days {
  return first <= day && last > day ? { first, last: day } : { first, last }
}

/** The days that a FHIR date (a day, month or year) may mean; undefined for anything else. */
export function daysOfDate(date: string | undefined): Days | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date ?? '') ?? []
  if (year === undefined) return undefined
  if (month === undefined) return yearDays(Number(year))
  if (!isCalendarDay(Number(year), Number(month), Number(day ?? 1))) return undefined
  return day === undefined
    ? monthDays(Number(year), Number(month))
    : oneDay(`${year}-${month}-${day}`)
}

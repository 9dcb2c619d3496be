import { durationPattern, weeksOf } from './duration.ts'

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const monthStarts = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]
const ago = new RegExp(`(${durationPattern})\\s+(?:ago|prior|earlier|previously|back)\\b`, 'i')
const monthAndYear = new RegExp(
  `\\b(?:in|on|since|from|until|through|dated|of)?\\s*(${months})\\.?\\s+(?:of\\s+)?(\\d{4})\\b`,
  'i',
)
const monthDayYear = new RegExp(
  `\\b(${months})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`,
  'i',
)
const range = new RegExp(
  `\\b(${months})\\.?\\s+(?:of\\s+)?(\\d{4})\\s*(?:to|thru|through|until|till|-|–|and)\\s*(?:(present|now|today|date)|(${months})\\.?\\s+(?:of\\s+)?(\\d{4}))`,
  'i',
)
const year =
  /\b(?:in|since|from|until|circa|during|back in|dated|of|early|late|mid-?)\s+(?:early |late |mid-?)?((?:19|20)\d{2})\b/i
const numeric = /\b(\d{1,2})\/(?:(\d{1,2})\/)?((?:19|20)?\d{2})\b/
const lastYear = /\blast year\b/i
const vague =
  /\b(?:years|decades) ago\b|\bas a (?:child|teenager|kid)\b|\bin (?:childhood|college|high school|(?:his|her|their) (?:\d0s|youth|teens|twenties|thirties))\b|\bremote(?:ly)?\b|\bmany years\b/i
const since = new RegExp(
  `\\bsince\\s+(?:early |late |mid-?)?(${months})\\b(?:\\s+(?:of\\s+)?(\\d{4}))?`,
  'i',
)

const dayMs = 86_400_000
const long = 36_500

/**
 * How many days before `asOf` the sentence places what it tells; undefined when it does not say. Of two the newer, and the end of a year or month, so that
 * nothing is called old that may be new.
 */
export function daysAgoIn(text: string, asOf: string): number | undefined {
  const found = [
    weeksAgo(text),
    onDay(text, asOf),
    inMonth(text, asOf),
    numericDate(text, asOf),
    inYear(text, asOf),
    lastYear.test(text) ? daysBetween(`${Number(asOf.slice(0, 4)) - 1}-12-31`, asOf) : undefined,
  ].filter((one): one is number => one !== undefined && Number.isFinite(one))
  if (found.length > 0) return Math.max(0, Math.min(...found))
  return vague.test(text) ? long : undefined
}

/** A length of time as far as it is told: `least` and `most` weeks. */
export interface Weeks {
  readonly least: number
  readonly most: number
}

/** Weeks of "Sept 2025 through Feb 2026": at least from the end of the first month to the beginning of the last. */
export function weeksOfRange(text: string, asOf: string): Weeks | undefined {
  const [, from, fromYear, present, to, toYear] = range.exec(text) ?? []
  if (from === undefined || fromYear === undefined) return undefined
  const first = `${fromYear}-${String(monthOf(from)).padStart(2, '0')}-01`
  const last = present === undefined ? lastDayOf(Number(toYear), monthOf(to ?? '')) : asOf
  const most = daysBetween(first, last) / 7
  const inner = present === undefined ? `${last.slice(0, 8)}01` : asOf
  const least = daysBetween(lastDayOf(Number(fromYear), monthOf(from)), inner) / 7
  return Number.isFinite(most) && most >= 0 ? { least: Math.max(0, least), most } : undefined
}

/** Weeks since the month that "since March" names: since its last day at least. */
export function weeksSince(text: string, asOf: string): Weeks | undefined {
  const [, name, yearText] = since.exec(text) ?? []
  if (name === undefined) return undefined
  const month = monthOf(name)
  const asOfYear = Number(asOf.slice(0, 4))
  const inYearOf =
    yearText === undefined
      ? asOfYear - (month > Number(asOf.slice(5, 7)) ? 1 : 0)
      : Number(yearText)
  const last = lastDayOf(inYearOf, month)
  return {
    least: daysBetween(last, asOf) / 7,
    most: daysBetween(`${last.slice(0, 8)}01`, asOf) / 7,
  }
}

function weeksAgo(text: string): number | undefined {
  const weeks = weeksOf(ago.exec(text)?.[1] ?? '')
  return weeks === undefined ? undefined : Math.floor(weeks * 7)
}

function onDay(text: string, asOf: string): number | undefined {
  const [, name, day, yearText] = monthDayYear.exec(text) ?? []
  if (name === undefined || day === undefined || yearText === undefined) return undefined
  return daysBetween(
    `${yearText}-${String(monthOf(name)).padStart(2, '0')}-${day.padStart(2, '0')}`,
    asOf,
  )
}

function monthOf(name: string): number {
  return monthStarts.indexOf(name.slice(0, 3).toLowerCase()) + 1
}

function inMonth(text: string, asOf: string): number | undefined {
  const [, name, yearText] = monthAndYear.exec(text) ?? []
  if (name === undefined || yearText === undefined) return undefined
  return daysBetween(lastDayOf(Number(yearText), monthOf(name)), asOf)
}

function numericDate(text: string, asOf: string): number | undefined {
  const [, month, day, yearText] = numeric.exec(text) ?? []
  if (
    month === undefined ||
    yearText === undefined ||
    yearText.length < (day === undefined ? 4 : 2)
  )
    return undefined
  const full = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText)
  if (Number(month) < 1 || Number(month) > 12 || Number(day ?? 1) > 31) return undefined
  return daysBetween(
    day === undefined
      ? lastDayOf(full, Number(month))
      : `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    asOf,
  )
}

function inYear(text: string, asOf: string): number | undefined {
  const [, yearText] = year.exec(text) ?? []
  return yearText === undefined ? undefined : daysBetween(`${yearText}-12-31`, asOf)
}

function lastDayOf(inYearOf: number, month: number): string {
  return new Date(Date.UTC(inYearOf, month, 0)).toISOString().slice(0, 10)
}

function daysBetween(day: string, asOf: string): number {
  return Math.round((Date.parse(asOf) - Date.parse(day)) / dayMs)
}

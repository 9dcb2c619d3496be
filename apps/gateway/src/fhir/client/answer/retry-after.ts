import { type Headers, headerOf } from './answer.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** No longer wait is believed on the word of one answer. */
export const longestWaitMs = hourMs

/** Only so much of a text is searched. */
const maxTextLength = 4000

export interface WaitSources {
  readonly headers: Headers
  /** The body as text; only read when no header says anything. */
  readonly text: string
  /** The date of our clock, where the answer has none. */
  readonly nowMs: number
}

/** How long the EHR asks us to wait, at most an hour; undefined when it says nothing that can be understood. */
export function askedWaitMs({ headers, text, nowMs }: WaitSources): number | undefined {
  const waitMs =
    fromHeaders(headers, serverTime(headers) ?? nowMs) ?? fromText(text.slice(0, maxTextLength))
  return waitMs === undefined ? undefined : Math.min(Math.ceil(waitMs), longestWaitMs)
}

/** A date in `Retry-After` is the server's, so its own clock counts. */
function serverTime(headers: Headers): number | undefined {
  const time = Date.parse(headerOf(headers, 'date') ?? '')
  return Number.isNaN(time) ? undefined : time
}

function fromHeaders(headers: Headers, nowMs: number): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const ms = numberIn(headerOf(headers, name))
    if (ms !== undefined) return ms
  }
  for (const line of [headers['retry-after'] ?? []].flat()) {
    const waitMs = fromRetryAfter(line.trim(), nowMs)
    if (waitMs !== undefined) return waitMs
  }
  const seconds = numberIn(headerOf(headers, 'x-rate-limit-retry-after-seconds'))
  if (seconds !== undefined) return seconds * secondMs
  return fromReset(headers, nowMs)
}

/** @see RFC 9110, 10.2.3 */
function fromRetryAfter(value: string, nowMs: number): number | undefined {
  const seconds = numberIn(value)
  if (seconds !== undefined) return seconds * secondMs
  // Every form of an HTTP date begins with a day's name; Date.parse takes "-5" for a year.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : Math.max(0, time - nowMs)
}

/** When the window of a rate limit that is used up begins again: in seconds from now, or since 1970. */
function fromReset(headers: Headers, nowMs: number): number | undefined {
  const [, window] = /\br=0\s*;\s*t=(\d+)/.exec(headerOf(headers, 'ratelimit') ?? '') ?? []
  if (window !== undefined) return Number(window) * secondMs
  for (const prefix of ['x-ratelimit', 'x-rate-limit', 'ratelimit']) {
    if (numberIn(headerOf(headers, `${prefix}-remaining`)) !== 0) continue
    const reset = numberIn(headerOf(headers, `${prefix}-reset`))
    if (reset === undefined) continue
    const isTime = reset > 1_000_000_000
    return Math.max(0, isTime ? reset * secondMs - nowMs : reset * secondMs)
  }
  return undefined
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  millisecond: 1,
  s: secondMs,
  sec: secondMs,
  second: secondMs,
  m: minuteMs,
  min: minuteMs,
  minute: minuteMs,
  h: hourMs,
  hr: hourMs,
  hour: hourMs,
}

const unit = String.raw`(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?)`
const amount = String.raw`(\d{1,12}(?:\.\d{1,6})?)`

/** "retry after 30 seconds", "try again in 2 minutes", "wait 30s"; without a unit it is seconds. */
const inWords = new RegExp(
  String.raw`\b(?:(?:re-?try|try\s+again|available|replenished|resets?|wait)\s*(?:after|in|for)?)\W{0,3}(?:at\s+least\s+|another\s+)?${amount}(?:\s*${unit}\b|(?=\D|$))`,
  'i',
)
/** "Quota will be replenished in 02:12:31" */
const asClock = /\b(?:in|after|for)\s+(\d{1,3}):(\d{2}):(\d{2})\b/i
/** `"retryAfterMs": 500`, `"retry_after": "30"`, `"retryDelay": "30s"` */
const asField = new RegExp(
  String.raw`"retry[-_ ]?(?:after|delay|in)[-_ ]?(ms|milli(?:second)?s|seconds?|secs?)?"\s*:\s*"?${amount}\s*${unit}?\s*"?\s*[,}\]\s]`,
  'i',
)

function fromText(text: string): number | undefined {
  const field = asField.exec(text)
  if (field !== null) return toMs(field[2], field[1] ?? field[3])
  const clock = asClock.exec(text)
  if (clock !== null) {
    const [, hours, minutes, seconds] = clock.map(Number)
    return (hours ?? 0) * hourMs + (minutes ?? 0) * minuteMs + (seconds ?? 0) * secondMs
  }
  const words = inWords.exec(text)
  return words === null ? undefined : toMs(words[1], words[2])
}

function toMs(number: string | undefined, name: string | undefined): number {
  const singular = name?.toLowerCase().replace(/(?<=..)s$/, '') ?? 's'
  return Number(number) * (singular.startsWith('milli') ? 1 : (units[singular] ?? secondMs))
}

/** Plain decimal only: neither signs nor exponents nor blanks mean a time. */
function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined
}

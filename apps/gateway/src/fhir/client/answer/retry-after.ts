import { type Headers, headerOf } from './answer.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** The longest wait that one answer can cause. */
export const maxWaitMs = hourMs

/** How much of a text is searched. */
const maxTextLength = 4000

export interface WaitSources {
  readonly headers: Headers
  /** The body as text; only read if no header names a wait. */
  readonly text: string
  /** Our clock's time, used if the answer has no date. */
  readonly nowMs: number
}

/** How long the EHR asks us to wait, at most an hour; undefined if it names no wait that can be parsed. */
export function requestedWaitMs({ headers, text, nowMs }: WaitSources): number | undefined {
  const waitMs =
    fromHeaders(headers, serverTime(headers) ?? nowMs) ?? fromText(text.slice(0, maxTextLength))
  return waitMs === undefined ? undefined : Math.min(Math.ceil(waitMs), maxWaitMs)
}

/** A date in `Retry-After` is relative to the server's own clock. */
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
  // Every HTTP date starts with the name of a day. Without this check Date.parse would read "-5" as a year.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(value)) return undefined
  const time = Date.parse(value)
  return Number.isNaN(time) ? undefined : Math.max(0, time - nowMs)
}

/** When the window of a used-up rate limit resets: in seconds from now, or since 1970. */
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

/** "retry after 30 seconds", "try again in 2 minutes", "wait 30s". The default unit is seconds. */
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

/** Plain decimals only, without signs, exponents or spaces. */
function numberIn(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : undefined
}

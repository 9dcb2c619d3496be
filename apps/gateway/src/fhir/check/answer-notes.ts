import { type Headers, headerOf } from '../client/answer/answer.ts'
import type { CheckLine } from './check-line.ts'

/** A clock that differs by more reads tokens and dates wrongly. */
const maxClockDifferenceMs = 60_000

/** How far the EHR's clock is from ours, by the `Date` of its answers. */
export function clockLine(answers: readonly SeenAnswer[]): CheckLine {
  const differences = answers.flatMap(({ headers, at }) => {
    const time = Date.parse(headerOf(headers, 'date') ?? '')
    return Number.isNaN(time) ? [] : [time - at.getTime()]
  })
  const what = 'clock'
  if (differences.length === 0)
    return { what, verdict: 'skipped', found: 'the EHR sends no Date header' }
  // The least difference is the one with the least time on the way.
  const least = differences.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one))
  const found = `${Math.round(least / 1000)} s between the EHR's clock and ours`
  return Math.abs(least) <= maxClockDifferenceMs
    ? { what, verdict: 'ok', found }
    : {
        what,
        verdict: 'warning',
        found,
        mend: 'set the clock of this machine (NTP): signed assertions and tokens depend on it',
      }
}

/** Names of headers that tell of limits, with the values last seen. */
export function rateLine(answers: readonly SeenAnswer[]): CheckLine {
  const seen = new Map<string, string>()
  for (const { headers } of answers)
    for (const name of Object.keys(headers))
      if (/rate-?limit|quota|throttl|over-?rate|plan-q/i.test(name))
        seen.set(name.toLowerCase(), headerOf(headers, name) ?? '')
  return {
    what: 'rate headers',
    verdict: 'ok',
    found:
      seen.size === 0
        ? 'none: set Ehr__RequestsPerSecond and Ehr__RequestsPerDay to what the contract says'
        : [...seen].map(([name, value]) => `${name}: ${value}`).join(', '),
  }
}

/** An answer of the EHR, as the check keeps it. */
export interface SeenAnswer {
  readonly headers: Headers
  readonly at: Date
}

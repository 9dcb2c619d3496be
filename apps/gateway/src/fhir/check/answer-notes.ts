import { bothNames } from '../../config/both-names.ts'
import { type Headers, headerOf } from '../client/answer/answer.ts'
import type { CheckLine } from './check-line.ts'

/** With a larger difference, tokens and dates are misread. */
const maxClockDifferenceMs = 60_000

/** The difference between the EHR's clock and ours, from the `Date` header of its answers. */
export function clockLine(answers: readonly SeenAnswer[]): CheckLine {
  const differences = answers.flatMap(({ headers, at }) => {
    const time = Date.parse(headerOf(headers, 'date') ?? '')
    return Number.isNaN(time) ? [] : [time - at.getTime()]
  })
  const what = 'clock'
  if (differences.length === 0)
    return { what, verdict: 'skipped', found: 'the EHR sends no Date header' }
  // The smallest difference had the shortest network delay.
  const least = differences.reduce((one, other) => (Math.abs(other) < Math.abs(one) ? other : one))
  const found = `${Math.round(least / 1000)} s between the EHR's clock and ours`
  return Math.abs(least) <= maxClockDifferenceMs
    ? { what, verdict: 'ok', found }
    : {
        what,
        verdict: 'warning',
        found,
        fix: 'set the clock of this machine (NTP): signed assertions and tokens depend on it',
      }
}

/** The rate limit headers of the EHR's answers, with their latest values. */
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
        ? `none: set ${bothNames('Ehr.RequestsPerSecond')} and ${bothNames('Ehr.RequestsPerDay')} to what the contract says`
        : [...seen].map(([name, value]) => `${name}: ${value}`).join(', '),
  }
}

/** One answer of the EHR, as the check records it. */
export interface SeenAnswer {
  readonly headers: Headers
  readonly at: Date
}

import { daysBetween } from '../values/calendar.ts'
import { durationAt } from '../values/durations.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import type { Token } from '../values/tokens.ts'

const ofRelief =
  /\b(?:relie(?:f|ve[ds]?)|better|helped|benefit\w*|improve\w*|gone|pain[- ]free|took|takes|away|reduc\w+|cut|halved|half|down|dropped|wore|worn|lasted|returned|back|stayed|held|remained)\b/i
const lasting = /^(?:for|lasted|lasting|lasts|sustained|within|lived|stayed|held)$/
/** Words followed by the end of the relief: "until May", "wore off two weeks ago", "pain back since June". */
const over =
  /^(?:until|till|til|through|off|back|returned|returning|recurred|recurring|came|by|again)$/
/** "Wore off within a week", "back after ten days" */
const backAgain = /^(?:off|back|returned|gone|recurred|over|again)$/
const maxBetween = 5

/**
 * How long the relief of a one-time treatment lasted, if no word of relief has a length: "helped for ten days",
 * "gone until the middle of May". The end is counted from the day stated beside the treatment.
 */
export function reliefDaysIn(
  text: string,
  tokens: readonly Token[],
  times: readonly TimeExpression[],
): number | undefined {
  if (!ofRelief.test(text)) return undefined
  for (const time of times) {
    if (time.kind !== 'duration' || time.isToNote) continue
    const before = tokens.slice(Math.max(0, time.first - 3), time.first + 1)
    if (before.some((one) => lasting.test(one.text))) return time.days
  }
  for (const [at, { text: word }] of tokens.entries()) {
    if (!/^(?:in|within|after)$/.test(word)) continue
    const isBack = tokens.slice(Math.max(0, at - 4), at).some((one) => backAgain.test(one.text))
    const read = isBack
      ? durationAt(tokens, tokens[at + 1]?.text === 'the' ? at + 2 : at + 1)
      : undefined
    if (read !== undefined) return read.maxDays
  }
  const days = times.flatMap((time) => {
    const said = time.kind === 'day' ? time.days : time.kind === 'period' ? time.from : undefined
    if (said === undefined) return []
    const before = tokens.slice(Math.max(0, time.first - maxBetween), time.first + 1)
    return [{ said, isOver: before.some((one) => over.test(one.text)) }]
  })
  const given = days.find((one) => !one.isOver)?.said
  const end = days.find(
    (one) => one.isOver && given !== undefined && one.said.first > given.last,
  )?.said
  return given === undefined || end === undefined ? undefined : daysBetween(given.last, end.first)
}

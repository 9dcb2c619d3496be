import { isCode, timeUnitDays } from '../values/durations.ts'
import { isDash, numberOrRangeAt } from '../values/numbers.ts'
import type { Token } from '../values/tokens.ts'
import type { Attached } from './bind-times.ts'

/** A percentage of relief, with the words of relief that it belongs to. */
export interface Relief extends Attached {
  readonly percent?: number
}

const reliefWord =
  /^(?:relief|improvement|improved|reduction|reduced|decrease|decreased|better|benefit|relieved|away|down|less|drop|dropped|helped|halved|cut|knocked|eliminated|lowered|eased)$/
/** Words that mean relief only beside a percentage. */
const countedWord = /^(?:away|down|less|drop|dropped|helped|cut|knocked|eliminated|lowered|eased)$/

/** "70% relief", "relief of 50-60%", "pain reduced by 80%", "relief". For a range, the lower end. */
export function reliefsIn(tokens: readonly Token[]): readonly Relief[] {
  const found: Relief[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    const whole = wholeAt(tokens, index) ?? fallAt(tokens, index)
    if (whole !== undefined) found.push(whole)
    if (!reliefWord.test(token.text)) continue
    const before =
      token.text === 'halved' ? percentAt(tokens, index) : percentEndingNear(tokens, index)
    const behind = before === undefined ? percentBehind(tokens, index) : undefined
    const percent = before ?? behind
    const first = percent === undefined ? index : Math.min(index, percent.first)
    const next = percent === undefined ? index + 1 : Math.max(index + 1, percent.next)
    const isLed = /^(?:with|from|after|following)$/.test(tokens[next]?.text ?? '')
    const isNone =
      percent === undefined &&
      /^(?:no|without|any|little|minimal|not)$/.test(tokens[index - 1]?.text ?? '')
    if (isNone || (countedWord.test(token.text) && percent === undefined)) continue
    found.push({
      first,
      next,
      start: tokens[first]?.start ?? token.start,
      end: tokens[next - 1]?.end ?? token.end,
      direction: isLed ? 'forward' : 'backward',
      ...(percent === undefined ? {} : { percent: percent.value }),
    })
    index = next - 1
  }
  return found
}

const wholly = /^(?:completely|totally|entirely|fully|100)$/
const nearly = /^(?:almost|nearly|practically|virtually|essentially|mostly|largely)$/
const trouble = /^(?:pain|pains|sciatica|symptoms|leg|back|ache|it)$/

/**
 * "The pain was almost completely gone", "pain-free": complete or nearly complete relief. "The relief was gone"
 * is not relief.
 */
function wholeAt(tokens: readonly Token[], index: number): Relief | undefined {
  const text = tokens[index]?.text
  const isFree =
    text === 'free' &&
    /^(?:pain|symptom)$/.test(tokens[index - (isDash(tokens[index - 1]) ? 2 : 1)]?.text ?? '')
  if (text !== 'gone' && !isFree) return undefined
  const before = tokens.slice(Math.max(0, index - 8), index).map((one) => one.text)
  if (before.some((one) => /^(?:not|never|relief|until|once|when|if)$/.test(one))) return undefined
  const isNearly = before.slice(-3).some((one) => nearly.test(one))
  const isWhole = isFree || before.slice(-2).some((one) => wholly.test(one))
  if (!isFree && !((isNearly || isWhole) && before.some((one) => trouble.test(one))))
    return undefined
  const [first, next] = [index, index + 1]
  const { start, end } = tokens[index] ?? { start: 0, end: 0 }
  return { first, next, start, end, direction: 'backward', percent: isNearly ? 90 : 100 }
}

const scored = /^(?:pain|nrs|nprs|vas|vnrs|score|scores|sciatica)$/

/** "Pain went from 8/10 to 2/10": 75 %. A score that did not fall is no relief. */
function fallAt(tokens: readonly Token[], index: number): Relief | undefined {
  if (tokens[index]?.text !== 'from') return undefined
  const before = tokens.slice(Math.max(0, index - 6), index)
  if (!before.some((one) => scored.test(one.text))) return undefined
  const then = scoreAt(tokens, index + 1)
  const now =
    then !== undefined && /^(?:to|down)$/.test(tokens[then.next]?.text ?? '')
      ? scoreAt(tokens, tokens[then.next]?.text === 'down' ? then.next + 2 : then.next + 1)
      : undefined
  if (then === undefined || now === undefined || then.value === 0) return undefined
  const percent = Math.max(0, Math.round(((then.value - now.value) / then.value) * 100))
  const start = tokens[index]?.start ?? 0
  const end = tokens[now.next - 1]?.end ?? 0
  return { first: index, next: now.next, start, end, direction: 'backward', percent }
}

/** A pain score: "8", "8/10". */
function scoreAt(tokens: readonly Token[], index: number) {
  const value = Number(tokens[index]?.text)
  if (tokens[index]?.kind !== 'number' || !(value >= 0 && value <= 10)) return undefined
  const isOfTen = tokens[index + 1]?.text === '/' && tokens[index + 2]?.text === '10'
  return { value, next: isOfTen ? index + 3 : index + 1 }
}

interface Percent {
  readonly value: number
  readonly first: number
  readonly next: number
}

/** "about a third", "two thirds", "half of the pain", "most of it": the minimum percentage. */
function shareAt(tokens: readonly Token[], index: number): Percent | undefined {
  const text = tokens[index]?.text ?? ''
  const before = tokens[index - 1]?.text ?? ''
  const value =
    text === 'half' || text === 'halved'
      ? 50
      : text === 'thirds' && before === 'two'
        ? 66
        : text === 'quarters' && before === 'three'
          ? 75
          : text === 'third' && /^(?:a|one)$/.test(before)
            ? 33
            : text === 'quarter' && /^(?:a|one)$/.test(before)
              ? 25
              : text === 'most' && tokens[index + 1]?.text === 'of'
                ? 51
                : undefined
  if (
    value === undefined ||
    /^(?:hour|hours|day|days|week|weeks|month|months|year|years|mile|block)$/.test(
      tokens[index + 1]?.text === 'a' || tokens[index + 1]?.text === 'an'
        ? (tokens[index + 2]?.text ?? '')
        : (tokens[index + 1]?.text ?? ''),
    )
  )
    return undefined
  return { value, first: index, next: index + 1 }
}

function percentAt(tokens: readonly Token[], index: number): Percent | undefined {
  const share = shareAt(tokens, index)
  if (share !== undefined) return share
  if (tokens[index]?.isGlued === true && isCode(tokens, index)) return undefined
  const read = numberOrRangeAt(tokens, index)
  const isPercent = /^(?:%|percent|pct)$/.test(tokens[read?.next ?? -1]?.text ?? '')
  return read !== undefined && isPercent && read.value <= 100
    ? { value: read.value, first: index, next: read.next + 1 }
    : undefined
}

function percentEndingNear(tokens: readonly Token[], index: number): Percent | undefined {
  for (let at = index - 1; at >= index - 7 && at >= 0; at -= 1) {
    if (/^[.;]$/.test(tokens[at]?.text ?? '') || timeUnitDays(tokens[at]) !== undefined)
      return undefined
    const percent = percentAt(tokens, at)
    if (
      percent !== undefined &&
      percent.next <= index &&
      percentAt(tokens, at - 2)?.next !== percent.next
    )
      return percent
    if (percent !== undefined) return percentAt(tokens, at - 2)
  }
  return undefined
}

function percentBehind(tokens: readonly Token[], index: number): Percent | undefined {
  for (let at = index + 1; at <= index + 4; at += 1) {
    if (
      !/^(?:of|by|about|approximately|at|least|around|~|:|\(|to|was|is|over|nearly|a|one|two|third|thirds|half|quarter|most|roughly|perhaps|in|his|her|my|leg|pain|out|off|some|close|more|than)$/.test(
        tokens[at]?.text ?? '',
      ) &&
      tokens[at]?.kind !== 'number'
    )
      return undefined
    const percent = percentAt(tokens, at)
    if (percent !== undefined) return percent
  }
  return undefined
}

import type { Span } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import { fits, type Value, valueAt } from './value-at.ts'
import { numberAt } from '../values/numbers.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'
import { firstFrom, overlapsAny } from './spans-in-order.ts'

/** A value without a named measure that its unit and context identify. */
export interface ImpliedValue {
  readonly conceptId: string
  readonly value: Value
  /** The mention that identifies it; for a pain score, the pain. */
  readonly by?: Mention
}

interface ValueContext {
  readonly tokens: readonly Token[]
  /** In order. */
  readonly mentions: readonly Mention[]
  /** Concepts in the previous statement or in a lead-in. */
  readonly before: ReadonlySet<string>
  readonly lexicon: LexiconView
  /** Values that belong to a named measure, in order. */
  readonly taken: readonly Span[]
}

const goal =
  /^(?:goal|goals|target|keep|maintain|titrate|under|below|above|over|if|until|when|falls?|drops?)$/

/** "At rest on room air 93 %", "pain still 7/10 with any move", "ABG 7.41 / 41 / 66". */
export function impliedValues(around: ValueContext): readonly ImpliedValue[] {
  return [
    ...saturations(around),
    ...painScores(around),
    ...gasTriples(around),
    ...gasValues(around),
  ]
}

/** The measures whose bare values a mention in the same statement may imply. */
export function impliedBy(conceptId: string, lexicon: LexiconView): readonly string[] {
  return [
    ...(breathing.includes(conceptId) || activities.includes(conceptId)
      ? ['oxygen-saturation']
      : []),
    ...impliedByContext(conceptId, lexicon),
    ...(conceptId === 'arterial-blood-gas' ? gasPressures : []),
  ]
}

/** Whether a statement with these mentions may contain a value without a named measure. */
export function mayImply(
  mentions: readonly Mention[],
  before: ReadonlySet<string>,
  lexicon: LexiconView,
): boolean {
  if (mentions.some((one) => impliedBy(one.conceptId, lexicon).length > 0)) return true
  for (const one of before) if (impliedByContext(one, lexicon).length > 0) return true
  return false
}

/** The measures that a mention in the previous statement or in a lead-in may imply by itself. */
export function impliedByContext(conceptId: string, lexicon: LexiconView): readonly string[] {
  return isPain(conceptId, lexicon) ? ['pain-scale'] : []
}

const breathing = ['room-air', 'on-oxygen']
const activities = ['walking', 'at-rest', 'on-exertion', 'sitting']
const gasPressures = ['arterial-carbon-dioxide-pressure', 'arterial-oxygen-pressure']

/** A percentage in a statement about what the patient breathes, or after a statement with a saturation. */
function saturations({ tokens, mentions, before, lexicon, taken }: ValueContext) {
  const concept = lexicon.get('oxygen-saturation')
  const ids = new Set(mentions.map((one) => one.conceptId))
  const isOfBreathing =
    breathing.some((one) => ids.has(one)) ||
    ((before.has('oxygen-saturation') || breathing.some((one) => before.has(one))) &&
      activities.some((one) => ids.has(one)))
  if (concept === undefined || !isOfBreathing) return []
  const rivals = mentions.filter((one) => {
    const rival = lexicon.get(one.conceptId)
    return rival !== undefined && /^(?:measure|score)$/.test(rival.kind) && fits(50, '%', rival)
  })
  // A number without "%" must stand in the position of a saturation, beside both the activity and what was
  // breathed.
  const isMoving = activities.some((one) => ids.has(one))
  const others = mentions.filter(
    (one) =>
      /^(?:measure|score)$/.test(lexicon.get(one.conceptId)?.kind ?? '') &&
      one.conceptId !== concept.id,
  )
  const found: ImpliedValue[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const value = tokens[at]?.kind === 'number' ? valueAt(tokens, at, concept, false) : undefined
    if (value === undefined) continue
    if (value.unit !== '%' && !(isMoving && isBareSaturation(tokens, at, value, others))) continue
    const isFree =
      value.value >= 50 &&
      value.comparator === undefined &&
      !overlapsAny(taken, value) &&
      value.start - (nearestBefore(rivals, value.start)?.end ?? Number.NEGATIVE_INFINITY) >= 40 &&
      !isGoal(tokens, at)
    if (isFree) found.push({ conceptId: concept.id, value })
    at = value.next - 1
  }
  return found
}

const leadsToSaturation =
  /^(?:to|at|stayed|stays|remained|remains|held|was|is|up|down|low|lowest|nadir|between|ra|air|rest|resting|walking|walk|ambulating|ambulation|exertion|o2|l|nc|lpm|liters?|cannula|oxygen|:|=|dropped|drops|fell|falls|desatted|sats?)$/
const ofOtherThings =
  /^(?:ft|feet|foot|meters?|metres?|m|min|mins|minutes?|yards?|steps?|laps?|l|lpm|liters?|litres?|bpm|\/|years?|yrs?|y|yo|lbs?|kg|mg|mph|watts?|hours?|days?|weeks?|st|nd|rd|th|degrees|beats|breaths)$/

/** "ambulating RA 84", "stayed 92-94": a whole number of two digits that belongs to nothing else. */
function isBareSaturation(
  tokens: readonly Token[],
  at: number,
  value: Value,
  others: readonly Mention[],
): boolean {
  const before = tokens[at - 1]?.text ?? ''
  const behind = tokens[value.next]?.text ?? ''
  return (
    value.unit === undefined &&
    value.comparator === undefined &&
    Number.isInteger(value.value) &&
    value.value >= 65 &&
    leadsToSaturation.test(before) &&
    !ofOtherThings.test(behind) &&
    value.start - (nearestBefore(others, value.start)?.end ?? Number.NEGATIVE_INFINITY) >= 25
  )
}

/** "7/10", "7 out of 10", "7 on the 0 to 10 scale" beside a pain, or after a statement about one. */
function painScores({ tokens, mentions, before, lexicon, taken }: ValueContext) {
  const concept = lexicon.get('pain-scale')
  if (concept === undefined) return []
  const pains = mentions.filter((one) => isPain(one.conceptId, lexicon))
  const isLed = [...before].some((one) => isPain(one, lexicon))
  if (pains.length === 0 && !isLed) return []
  const found: ImpliedValue[] = []
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]
    if (token === undefined || (token.kind !== 'number' && token.kind !== 'word')) continue
    const value = valueAt(tokens, at, concept, false)
    if (value === undefined) continue
    const by = nearestBefore(pains, value.start) ?? pains[0]
    const isFree =
      value.outOf === 10 &&
      value.value <= 10 &&
      !overlapsAny(taken, value) &&
      !isGoal(tokens, at) &&
      (by === undefined ? isLed : Math.abs(value.start - by.start) < 160)
    if (isFree) found.push({ conceptId: concept.id, value, ...(by === undefined ? {} : { by }) })
    at = Math.max(at, value.next - 1)
  }
  return found
}

function isPain(conceptId: string, lexicon: LexiconView): boolean {
  return conceptId === 'pain' || conceptId.endsWith('-pain') || lexicon.isA(conceptId, 'pain')
}

/** "7.41 / 41 / 66" after an arterial blood gas: pH, carbon dioxide, oxygen. */
function gasTriples({ tokens, mentions, lexicon }: ValueContext) {
  const found: ImpliedValue[] = []
  for (const gas of mentions) {
    if (gas.conceptId !== 'arterial-blood-gas') continue
    const { next } = tokensWithin(tokens, gas)
    for (let at = next; at < next + 14; at += 1) {
      const acidity = tokens[at]?.kind === 'number' ? numberAt(tokens, at) : undefined
      if (acidity === undefined || acidity.value < 6.8 || acidity.value > 7.8) continue
      const carbonDioxide = partAt(tokens, acidity.next)
      const oxygen = carbonDioxide === undefined ? undefined : partAt(tokens, carbonDioxide.next)
      if (carbonDioxide === undefined || oxygen === undefined) break
      for (const [conceptId, part] of [
        ['arterial-carbon-dioxide-pressure', carbonDioxide],
        ['arterial-oxygen-pressure', oxygen],
      ] as const)
        if (lexicon.get(conceptId) !== undefined) found.push({ conceptId, value: part, by: gas })
      break
    }
  }
  return found
}

const namesGas = /^(?:ph|pco2|paco2|co2|hco3|po2|pao2|sao2|bicarb)$/
const leadsToGas = /^(?:was|is|of|=|:|at|showed|shows|read|reads|gave|came|back)$/

/**
 * "Blood gas off oxygen was 62": a single number of an arterial blood gas is the oxygen, if nothing else is
 * named.
 */
function gasValues({ tokens, mentions, lexicon }: ValueContext) {
  const concept = lexicon.get('arterial-oxygen-pressure')
  if (concept === undefined) return []
  const found: ImpliedValue[] = []
  for (const gas of mentions) {
    if (gas.conceptId !== 'arterial-blood-gas') continue
    const { next } = tokensWithin(tokens, gas)
    const until = tokens.slice(next, next + 16).findIndex(({ text }) => /^[;.]$/.test(text))
    const end = until === -1 ? Math.min(next + 16, tokens.length) : next + until
    const behind = tokens.slice(next, end)
    if (behind.some(({ text }) => namesGas.test(text))) continue
    const numbers = behind.flatMap(({ kind }, index) => (kind === 'number' ? [next + index] : []))
    const [at] = numbers
    if (at === undefined || numbers.length > 1 || !leadsToGas.test(tokens[at - 1]?.text ?? ''))
      continue
    const value = valueAt(tokens, at, concept, false)
    const isPressure =
      value !== undefined &&
      (value.unit === undefined || value.unit === 'mm[Hg]') &&
      value.value >= 30 &&
      value.value <= 150 &&
      !/^(?:\/|%|-|years?|days?|weeks?|months?|hours?|am|pm)$/.test(tokens[value.next]?.text ?? '')
    if (isPressure) found.push({ conceptId: concept.id, value, by: gas })
  }
  return found
}

function partAt(tokens: readonly Token[], index: number): Value | undefined {
  const read = /^[/,-]$/.test(tokens[index]?.text ?? '') ? numberAt(tokens, index + 1) : undefined
  const token = tokens[index + 1]
  if (read === undefined || token === undefined) return undefined
  const end = tokens[read.next - 1]?.end ?? token.end
  return { first: index + 1, next: read.next, start: token.start, end, value: read.value }
}

function nearestBefore(mentions: readonly Mention[], place: number): Mention | undefined {
  return mentions[firstFrom(mentions, place) - 1]
}

function isGoal(tokens: readonly Token[], index: number): boolean {
  return tokens.slice(Math.max(0, index - 5), index).some((one) => goal.test(one.text))
}

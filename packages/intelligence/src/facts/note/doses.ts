import type { Span } from '../../document/note-document.ts'
import { numberOrRangeAt } from '../values/numbers.ts'
import { type Token, tokensWithin } from '../values/tokens.ts'
import { unitAt } from '../values/written-units.ts'

const doseUnits: ReadonlySet<string> = new Set(['mg', 'ug', 'g', 'mL', '[iU]', 'meq'])
/** Words that may stand between a drug and its dose. */
const between =
  /^(?:sodium|potassium|hcl|er|xr|sr|ec|dr|oral|tablet|tablets|tab|tabs|capsule|capsules|at|of|dose|:|,|\(|po|to|up|gel|patch|injection)$/

/**
 * The text of a drug's dose: "naproxen 500 mg", "500 mg of naproxen". A total is preferred to the strength of
 * one tablet.
 */
export function doseBeside(tokens: readonly Token[], mention: Span): Span | undefined {
  const { first, next } = tokensWithin(tokens, mention)
  for (let at = next; at < next + 4; at += 1) {
    const dose = doseAt(tokens, at)
    if (dose !== undefined) return dose
    if (!between.test(tokens[at]?.text ?? '')) break
  }
  for (let at = first - 2; at >= Math.max(0, first - 5); at -= 1) {
    const dose = doseAt(tokens, at)
    const isBeside =
      dose !== undefined &&
      (dose.end >= (tokens[first - 1]?.start ?? 0) || tokens[first - 1]?.text === 'of')
    if (isBeside) return dose
  }
  return undefined
}

/** The amount taken at one time. */
export interface TakenDose {
  readonly span: Span
  readonly text: string
}

/**
 * "Take 8 tablets (20 mg)", "8 tablets of 2.5 mg", "six of the yellow ones (2.5 mg each)": the amount taken at
 * one time, not the strength of one tablet. Undefined for a strength without a number of tablets.
 */
export function takenDoseOf(
  tokens: readonly Token[],
  source: string,
  dose: Span,
): TakenDose | undefined {
  const { first, next } = tokensWithin(tokens, dose)
  const behind = tokens[next]?.text ?? ''
  const isOfVial = behind === '/' && isMillilitre(tokens[next + 1]?.text)
  // "10 mg in the morning + 10 mg at night": the total is more than this dose.
  if (isSplit(tokens, next)) return undefined
  const times = /^[x×*]$/.test(behind) ? numberOrRangeAt(tokens, next + 1) : undefined
  const isStrength =
    isTablet(behind) ||
    isOfVial ||
    times !== undefined ||
    behind === 'each' ||
    behind === 'apiece' ||
    isTablet(tokens[first - 1]?.text)
  const plain = { span: dose, text: source.slice(dose.start, dose.end) }
  const ofTablets = tokens[first - 1]?.text === 'of' && isTablet(tokens[first - 2]?.text)
  if (!isStrength && !ofTablets) return plain
  for (let at = next + 1; at < next + 9; at += 1) {
    const inBrackets =
      tokens[at]?.text === '(' &&
      (isTablet(tokens[at - 1]?.text) || isMillilitre(tokens[at - 1]?.text))
    if (!inBrackets && tokens[at]?.text !== '=') continue
    const whole = doseAt(tokens, at + 1)
    if (whole !== undefined) return { span: whole, text: source.slice(whole.start, whole.end) }
  }
  const strength = numberOrRangeAt(tokens, first)
  const count = isOfVial
    ? millilitresNear(tokens, first, next)
    : times !== undefined && Number.isInteger(times.value) && times.value <= maxTablets
      ? {
          value: times.value,
          span: { start: dose.start, end: tokens[times.next - 1]?.end ?? dose.end },
        }
      : tabletsNear(tokens, first, next)
  if (strength === undefined || count === undefined) return undefined
  const { start, end } = count.span
  return {
    span: { start: Math.min(start, dose.start), end: Math.max(end, dose.end) },
    text: `${count.value * strength.value} ${source.slice(tokens[strength.next]?.start, dose.end)}`,
  }
}

const isTablet = (text = ''): boolean => /^(?:tablets?|tabs?|pills?|capsules?|caps?)$/.test(text)

/** Another dose of the same drug follows a plus sign. */
function isSplit(tokens: readonly Token[], next: number): boolean {
  for (let at = next; at < next + 5; at += 1)
    if (/^(?:\+|plus|and)$/.test(tokens[at]?.text ?? '') && doseAt(tokens, at + 1) !== undefined)
      return true
  return false
}

const maxTablets = 20
const isMillilitre = (text = ''): boolean => /^(?:mls?|cc|ccs)$/.test(text)

/** "25 mg/mL, inject 0.8 mL": the volume drawn from a vial. */
function millilitresNear(tokens: readonly Token[], first: number, next: number) {
  for (let at = Math.max(0, first - 8); at < Math.min(tokens.length, next + 10); at += 1) {
    if (at >= first && at <= next + 1) continue
    const token = tokens[at]
    const read = numberOrRangeAt(tokens, at)
    if (token === undefined || read === undefined || read.value <= 0 || read.value > 3) continue
    if (!isMillilitre(tokens[read.next]?.text)) continue
    return {
      value: read.value,
      span: { start: token.start, end: tokens[read.next]?.end ?? token.end },
    }
  }
  return undefined
}

/** "8 tablets", "six of the little yellow ones", "#8". */
function tabletsNear(
  tokens: readonly Token[],
  first: number,
  next: number,
): { readonly value: number; readonly span: Span } | undefined {
  for (let at = Math.max(0, first - 12); at < Math.min(tokens.length, next + 10); at += 1) {
    if (at >= first && at < next) continue
    const token = tokens[at]
    const read = numberOrRangeAt(tokens, at)
    const behind = tokens[read?.next ?? -1]?.text ?? ''
    const isOfThem =
      behind === 'of' && /^(?:the|those|these)$/.test(tokens[(read?.next ?? 0) + 1]?.text ?? '')
    if (token === undefined || read === undefined || !Number.isInteger(read.value)) continue
    if (
      read.value < 1 ||
      read.value > maxTablets ||
      !(isTablet(behind) || isOfThem || read.next === first)
    )
      continue
    return {
      value: read.value,
      span: { start: token.start, end: tokens[read.next]?.end ?? token.end },
    }
  }
  return undefined
}

/** Words that may stand directly before a later dose of the same sentence. Any other word may be another drug. */
const leading =
  /^(?:,|\(|;|:|from|to|at|on|up|now|then|and|of|dose|currently|reached|maximum|max|is|was|since)$/
const rating =
  /^(?:weekly|daily|a|per|\/|qweek|qwk|q|once|twice|each|every|by|since|for|from|until|bid|tid|qd|po|sc|subq|im|\.|,|\)|;)$/
const toBe =
  /^(?:will|would|could|should|may|might|if|plan|plans|planned|increase|increasing|raise|raising|going|go|consider|target|goal|try|next|today|advised|advise|recommend|recommended|until|not|never|cannot|could)$/

/**
 * "Methotrexate since September, 15 mg weekly by November and 20 mg since January", "up to 25 mg weekly": the
 * highest dose in the rest of the sentence, before the next drug, which begins at `limit`.
 */
export function highestDoseBehind(
  tokens: readonly Token[],
  mention: Span,
  limit: number,
): Span | undefined {
  const { next } = tokensWithin(tokens, mention)
  let highest: { readonly span: Span; readonly value: number } | undefined
  let unit: string | undefined
  for (let at = next; at < Math.min(next + 40, tokens.length); at += 1) {
    const token = tokens[at]
    if (token === undefined || token.start >= limit || toBe.test(token.text)) break
    const span = doseAt(tokens, at)
    if (span === undefined) continue
    const behind = tokensWithin(tokens, span).next
    const isStated =
      leading.test(tokens[at - 1]?.text ?? '') &&
      (tokens[behind] === undefined || rating.test(tokens[behind]?.text ?? ''))
    if (!isStated) return undefined
    const range = numberOrRangeAt(tokens, at)
    // "Increased from 15 to 20 mg": the second dose was reached.
    const isRaise = range?.high !== undefined && tokens[at - 1]?.text === 'from'
    if (isRaise) {
      const upper = doseAt(tokens, (range?.next ?? at) - 1)
      if (upper === undefined) return undefined
      highest = { span: upper, value: range?.high ?? 0 }
      unit ??= unitAt(tokens, range?.next ?? at)?.ucum
      continue
    }
    const value = range?.value ?? 0
    const stated = unitAt(tokens, numberOrRangeAt(tokens, at)?.next ?? at)?.ucum
    unit ??= stated
    if (stated !== unit) return undefined
    if (highest === undefined || value > highest.value) highest = { span, value }
  }
  return highest?.span
}

export function doseAt(tokens: readonly Token[], index: number): Span | undefined {
  const read = numberOrRangeAt(tokens, index)
  const token = tokens[index]
  // "ten milligrams": a number in words needs a unit longer than one letter.
  if (read === undefined || token === undefined) return undefined
  const unit = unitAt(tokens, read.next)
  const last = tokens[(unit?.next ?? 0) - 1]
  return unit !== undefined &&
    doseUnits.has(unit.ucum) &&
    last !== undefined &&
    (token.kind === 'number' || last.text.length > 1)
    ? { start: token.start, end: last.end }
    : undefined
}

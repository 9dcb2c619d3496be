import type { NoteRule } from '../../policy/note-rule.ts'
import { daysOf } from '../../policy/sourced.ts'
import { isSameSide, type Side, sideOfTerm } from '../laterality.ts'
import { compareToBounds } from '../units.ts'
import { mayBeAbout } from './body-sites.ts'
import { isNotDone, isToCome, outcomeOf, stanceOf, tenseOf } from './context.ts'
import { durationOfTerm } from './duration-of-term.ts'
import type { Sentence } from './sentences.ts'
import { matcherOf } from './terms.ts'
import { daysAgoIn } from './when.ts'

/**
 * What a sentence says to a rule. `falls_short`: done, but not for long enough, or with success where failure is asked for; it is a no, unless another
 * sentence says yes. `mentions`: spoken of, and nothing settled.
 */
export type Reading = 'supports' | 'refutes' | 'falls_short' | 'mentions'

export interface ReadingContext {
  readonly asOf: string
  /** Since when the sentence stands in the chart. */
  readonly day: string | undefined
  readonly orderSide: Side | undefined
  /** The sentence behind it, for what became of a treatment. */
  readonly next: Sentence | undefined
}

const order = ['supports', 'refutes', 'falls_short', 'mentions'] as const

/** Reads one sentence; undefined when it does not speak of this patient, or of the other side. */
export function readSentence(
  sentence: Sentence,
  rule: NoteRule,
  context: ReadingContext,
): Reading | undefined {
  if (rule.site !== undefined && !mayBeAbout(sentence.text, rule.site)) return undefined
  const { terms, contrary } = matcherOf(rule)
  const readings = new Set<Reading>()
  for (const match of sentence.text.matchAll(terms)) {
    const end = match.index + match[0].length
    if (isThePatient(match[0], sentence.text.slice(end))) continue
    const reading = readTerm(sentence, rule, match.index, end, context)
    if (reading !== undefined) readings.add(reading)
  }
  if (!readings.has('supports') && contrary !== undefined) {
    for (const match of sentence.text.matchAll(contrary)) {
      if (isOfPatient(sentence, match.index, match.index + match[0].length, rule, context))
        readings.add('refutes')
    }
  }
  return order.find((one) => readings.has(one))
}

const patientDoes =
  /^(?:'s\b|\s+(?:took|takes|tried|has|had|have|is|was|reports?|denies|denied|states?|stated|says|c\/o|complains?|presents?|presented|returns?|returned|here|notes?|noted|seen|who|does|will|would|wants|wishes|can|cannot|can't|could|continues?|underwent|failed|came|comes|brought|tolerat\w+|endorses|admits|understands|agrees|may|should|felt|feels|uses|used|lives|works|walks?|instructed|advised|educated|declin\w+|refus\w+|unable|able|aware)\b)/i

/** "Pt took ibuprofen" speaks of the patient, "PT x 8 weeks" of therapy. */
function isThePatient(term: string, after: string): boolean {
  if (!/^pt$/i.test(term)) return false
  // "PT was", "PT failed" may be either; capitals decide.
  return (
    patientDoes.test(after) && !(term === 'PT' && /^\s+(?:was|has|had|failed|is)\b/i.test(after))
  )
}

function readTerm(
  sentence: Sentence,
  rule: NoteRule,
  start: number,
  end: number,
  context: ReadingContext,
): Reading | undefined {
  if (rule.side === 'of_order' && !isOfSide(sentence, start, end, context)) return undefined
  switch (rule.kind) {
    case 'finding':
      return readDatedFinding(sentence, rule, start, end, context)
    case 'done':
      return readDone(sentence, rule, start, end, context)
    case 'measured':
      return readMeasured(sentence, rule, start, end, context)
    default:
      return rule satisfies never
  }
}

function readDatedFinding(
  sentence: Sentence,
  rule: Extract<NoteRule, { kind: 'finding' }>,
  start: number,
  end: number,
  context: ReadingContext,
): Reading | undefined {
  const reading = readFinding(sentence, rule, start, end)
  if (rule.within === undefined || reading !== 'supports') return reading
  const isDated = daysAgoIn(sentence.text, context.day ?? context.asOf) !== undefined
  return isDated && isInTime(sentence, rule.within, context) ? 'supports' : 'mentions'
}

function readFinding(
  sentence: Sentence,
  rule: Extract<NoteRule, { kind: 'finding' }>,
  start: number,
  end: number,
): Reading | undefined {
  switch (stanceOf(sentence, start, end)) {
    case 'affirmed':
      return sentence.section === 'allergies' || isToCome(sentence.text.slice(0, start))
        ? 'mentions'
        : 'supports'
    case 'past':
      return rule.when === 'ever' ? 'supports' : 'mentions'
    case 'denied':
      return 'refutes'
    case 'uncertain':
      return 'mentions'
    case 'of_another':
    case 'hypothetical':
      return undefined
  }
}

function readDone(
  sentence: Sentence,
  rule: Extract<NoteRule, { kind: 'done' }>,
  start: number,
  end: number,
  context: ReadingContext,
): Reading | undefined {
  const before = sentence.text.slice(0, start)
  const after = sentence.text.slice(end)
  const stance = stanceOf(sentence, start, end)
  if (stance === 'of_another') return undefined
  if (isNotDone(before, after)) return 'refutes'
  if (stance === 'hypothetical' || stance === 'uncertain' || sentence.section === 'allergies')
    return 'mentions'
  const tense = tenseOf(sentence, start, end)
  const isListed = sentence.section === 'medications' && tense === 'unsaid'
  if (tense === 'planned' || (tense === 'unsaid' && !isListed)) return 'mentions'
  if (!isInTime(sentence, rule.within, context)) return 'mentions'
  const outcome = outcomeOf(`${sentence.text} ${followUp(sentence, context.next)}`)
  if (rule.failed === true && outcome !== 'failed')
    return outcome === 'helped' ? 'falls_short' : 'mentions'
  if (rule.lasting === undefined) return 'supports'
  const weeks = durationOfTerm(sentence.text, start, end, context.asOf)
  if (weeks === undefined) return 'mentions'
  const wanted = daysOf(rule.lasting) - tolerance
  if (weeks.least * 7 >= wanted) return 'supports'
  return weeks.most * 7 < wanted ? 'falls_short' : 'mentions'
}

/** Three months are 91.3 days and "12 weeks" are 84: what people call the same must not fail by a few days. */
const tolerance = 7.5

function readMeasured(
  sentence: Sentence,
  rule: Extract<NoteRule, { kind: 'measured' }>,
  start: number,
  end: number,
  context: ReadingContext,
): Reading | undefined {
  const stance = stanceOf(sentence, start, end)
  if (stance === 'of_another' || stance === 'hypothetical') return undefined
  if (!(stance === 'affirmed' || stance === 'past') || !isInTime(sentence, rule.within, context))
    return 'mentions'
  const values = numbersBehind(sentence.text.slice(end), rule.unitWords)
  if (values === undefined) return 'mentions'
  const results = values.map((value) => compareToBounds(value, undefined, rule.value))
  if (results.every((one) => one === 'inside')) return 'supports'
  return results.every((one) => one === 'outside') ? 'falls_short' : 'mentions'
}

const link =
  '^\\s*(?:score|index|level|value|rating|measurement|reading)?s?\\s*(?:\\([^)]{0,30}\\))?\\s*(?:is|was|of|at|now|today|calculates? to|calculated to|comes? to|came to|works? out to|scored?|totals?|currently|remains?|measured(?: at)?|calculated(?: at)?|estimated(?: at)?|reported as|rated(?: at| as)?|equals?|=|:|~|approximately|about|around|-(?=\\s)|,|\\s)*\\s*'
const amount = '(\\d{1,4}(?:\\.\\d+)?)(?:\\s*%?\\s*(?:-|–|to)\\s*(\\d{1,4}(?:\\.\\d+)?))?'

/** The number, or both ends of the range, that stands right behind a term; undefined when there is none of the rule's unit. */
function numbersBehind(
  after: string,
  unitWords: readonly string[] | undefined,
): readonly number[] | undefined {
  const unit =
    unitWords === undefined
      ? '(?![\\d.]*\\s*(?:%|\\/\\d{2,}))'
      : `\\s*(?:${unitWords.map((one) => one.replaceAll(' ', '\\s+')).join('|')})`
  const match = new RegExp(`${link}${amount}${unit}`, 'i').exec(after)
  if (match?.[1] === undefined) return undefined
  return match[2] === undefined ? [Number(match[1])] : [Number(match[1]), Number(match[2])]
}

function isInTime(
  sentence: Sentence,
  within: Extract<NoteRule, { kind: 'done' }>['within'],
  { asOf, day }: ReadingContext,
): boolean {
  if (within === undefined) return true
  const limit = daysOf(within)
  // The note's own day counts against it, and what the sentence says of when comes on top.
  const noteAge =
    day === undefined ? 0 : Math.round((Date.parse(asOf) - Date.parse(day)) / 86_400_000)
  return (daysAgoIn(sentence.text, day ?? asOf) ?? 0) + noteAge <= limit
}

/** The next sentence of the paragraph, where the outcome of a treatment often stands. */
function followUp(sentence: Sentence, next: Sentence | undefined): string {
  return next !== undefined &&
    next.paragraph === sentence.paragraph &&
    next.section === sentence.section
    ? next.text
    : ''
}

function isOfSide(
  sentence: Sentence,
  start: number,
  end: number,
  context: ReadingContext,
): boolean {
  return isSameSide(sideOfTerm(sentence.text, start, end), context.orderSide)
}

function isOfPatient(
  sentence: Sentence,
  start: number,
  end: number,
  rule: NoteRule,
  context: ReadingContext,
): boolean {
  if (rule.side === 'of_order' && !isOfSide(sentence, start, end, context)) return false
  const stance = stanceOf(sentence, start, end)
  return stance === 'affirmed' || stance === 'denied'
}

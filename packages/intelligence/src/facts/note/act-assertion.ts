import type { Unit } from '../../document/note-document.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { TimeExpression } from '../values/time-expression.ts'

/** Carried out on the day of the note. */
const carriedOut =
  /\b(?:treated|seen|done|performed|given|received|administered|injected|tx|worked on|completed)\b/i

/** "PT started in March" has begun; "PT to start in March" has not. */
const toCome =
  /\b(?:to|will|should|could|may|might|plan\w*|hop(?:es|ing) to|schedul\w*|order\w*|refer\w*|request\w*|recommend\w*) (?:\w+ )?(?:start|begin|commence)|\b(?:order|referr|request|recommend|schedul)(?:ed|al)\b/i

/**
 * The assertion of an act after its times are considered: a past day, a range or a length means that it was
 * done, unless the note says it is planned. A rate with a length is a prescription.
 */
export function withPast(
  assertion: Assertion,
  times: readonly TimeExpression[],
  isRated: boolean,
  { section }: Unit,
  {
    noteDay,
    text,
    kind,
  }: { readonly noteDay: string; readonly text: string; readonly kind?: string },
): Assertion {
  const isBegun =
    assertion.phase === 'planned' &&
    !toCome.test(text) &&
    times.some((one) => one.kind === 'day' && one.role === 'start' && one.days.last < noteDay)
  // "Oxycodone 5 q6h prn, on since 6/13" in a plan: an ongoing drug is not planned.
  const isSince =
    kind === 'drug' &&
    /\bsince\b/i.test(text) &&
    times.some((one) => one.kind === 'period' && one.to === undefined && one.from.last < noteDay)
  if (isSince && assertion.status === 'affirmed' && section.kind === 'plan')
    return { ...assertion, phase: 'done' }
  const mayBe =
    (assertion.phase === 'not_stated' || isBegun) &&
    assertion.status === 'affirmed' &&
    section.kind !== 'plan' &&
    section.kind !== 'instructions'
  if (!mayBe) return assertion
  const isPast = times.some((one) => {
    switch (one.kind) {
      case 'day':
        return one.days.last < noteDay || (one.days.last === noteDay && carriedOut.test(text))
      case 'period':
        return one.from.first < noteDay
      case 'duration':
        return section.kind !== 'assessment' && !isRated && one.tie !== 'none'
      case 'sessions':
        return one.outOf !== undefined
      case 'ignored':
        return false
      default:
        return one satisfies never
    }
  })
  return isPast ? { ...assertion, phase: 'done' } : assertion
}

const planLead =
  /\b(?:plan|order(?:s|ed|ing)?|request(?:s|ed|ing)?|recommend(?:s|ed|ations?)?|guidance|schedule|refer(?:ral)?|next|needed|proposed|goals?|consider)\b/i
const takenLead =
  /\b(?:meds?|medications?|drugs?|medicines?|analgesics?|pills|tried|taken|taking|takes|treatments?|care|current(?:ly)?|home|prior|previous|past|former|highest|max(?:imum)?|dmards?|biologics?)\b/i
const rhythm =
  /\b(?:bid|tid|qid|qd|qhs|daily|nightly|weekly|qwk|qweek|q ?wk|q ?week|once a week|per week|a week|monthly|twice|prn|every|as needed|now and then|at times|sometimes|occasionally|some days)\b|\/ ?(?:wk|week|day)\b/i

const procedure = /^procedures?\b/i
const given =
  /\b(?:\d+(?:\.\d+)? ?(?:ml|cc|mg)|approach|sterile|needle|gauge|injected|lidocaine|chlorhexidine|tolerated)\b/i

/**
 * What a form or a list of drugs states only by its layout: "[x] NSAID", "Pain drugs | oxycodone", "naproxen 500
 * bid" in a history.
 */
export function withLayout(
  assertion: Assertion,
  kind: string,
  hasDose: boolean,
  unit: Unit,
  {
    text,
    leads,
    title,
    isEntryBeforePlan,
  }: {
    readonly text: string
    readonly leads: string
    readonly title: string
    readonly isEntryBeforePlan: boolean
  },
): Assertion {
  const { section, polarity } = unit
  const mayBe =
    assertion.phase === 'not_stated' &&
    assertion.status === 'affirmed' &&
    !/^(?:plan|instructions|assessment|allergies)$/.test(section.kind) &&
    !planLead.test(leads)
  if (!mayBe) return assertion
  const [key = ''] = text.slice(0, 80).split(/[:|]|\s{2,}/)
  const isListed =
    kind === 'drug' && (takenLead.test(leads) || (unit.kind !== 'sentence' && takenLead.test(key)))
  const isTaken =
    kind === 'drug' &&
    /^(?:history|complaint|past_history|medications)$/.test(section.kind) &&
    (hasDose || rhythm.test(text))
  // "Ibuprofen prn, ice.", "Tramadol since surgery.": an entry before the plan of a note describes what is
  // taken.
  const isEntry =
    kind === 'drug' &&
    isEntryBeforePlan &&
    /^(?:other|history|complaint|past_history)$/.test(section.kind) &&
    (hasDose ||
      rhythm.test(text) ||
      /\bsince\b|^\W*[\w ]{3,30}?[ ,]\d{2,4}\b|^\W*[\w-]+(?: [\w-]+)?\W*$/i.test(text))
  // "MTX 25 mg SC qwk": a dose and a frequency, not stated to be planned.
  const isRegimen =
    kind === 'drug' &&
    /^(?:other|history|complaint|past_history)$/.test(section.kind) &&
    hasDose &&
    rhythm.test(text) &&
    !planLead.test(text)
  // "Procedure: left knee, 2 mL of triamcinolone."
  const isProcedure = kind === 'therapy' && procedure.test(title) && given.test(text)
  return polarity === 'yes' || isProcedure || isListed || isTaken || isEntry || isRegimen
    ? { ...assertion, phase: 'done' }
    : assertion
}

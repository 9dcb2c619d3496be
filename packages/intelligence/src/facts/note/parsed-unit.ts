import { type Cell, type Span, textOf, type Unit } from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { timesIn } from '../values/times.ts'
import type { Token } from '../values/tokens.ts'
import { expectedDates } from './expected-dates.ts'
import { type BoundTimes, bindTimes } from './bind-times.ts'
import type { Target } from './neighboring-targets.ts'
import { isCondition } from './measured-under.ts'
import { type OutcomeCue, outcomesIn } from './outcomes.ts'
import { type Relief, reliefsIn } from './reliefs.ts'
import type { NoteLines } from './note-lines.ts'
import { placesIn } from './places.ts'
import type { PlaceText } from './place-text.ts'
import { isBreathingColumn, timesOfRow } from './table-row.ts'

/** A mention that becomes a fact, or a phrase that competes with it for times and outcomes. */
export interface MentionTarget extends Target {
  readonly mention?: Mention
}

/**
 * One unit of a note: its mentions and the statements about them. Each part is computed on first use and cached,
 * because for most units of a long chart only the mentions are needed.
 */
export class ParsedUnit {
  readonly unit: Unit
  readonly #note: NoteLines
  readonly #dayOf: (unit: Unit) => string
  #noteDay: string | undefined
  #text: string | undefined
  #found: readonly Mention[] | undefined
  #mentions: readonly Mention[] | undefined
  #assertions: ReadonlyMap<Mention, Assertion> | undefined
  #places: PlaceText | undefined
  #targets: readonly MentionTarget[] | undefined
  #times: readonly TimeExpression[] | undefined
  #bound: BoundTimes | undefined
  #outcomes: readonly OutcomeCue[] | undefined
  #reliefs: readonly Relief[] | undefined
  #reliefTargets: ReadonlyMap<Relief, Target> | undefined
  #headers: ReadonlyMap<Cell, readonly Mention[]> | undefined
  #leadConcepts: ReadonlySet<string> | undefined

  /** `dayOf`: the day on which a unit was first written. */
  constructor(unit: Unit, note: NoteLines, dayOf: (unit: Unit) => string) {
    this.unit = unit
    this.#note = note
    this.#dayOf = dayOf
  }

  /** The day on which the unit was first written. */
  get noteDay(): string {
    return (this.#noteDay ??= this.#dayOf(this.unit))
  }

  get text(): string {
    return (this.#text ??= textOf(this.#note.document, this.unit))
  }

  get tokens(): readonly Token[] {
    return this.places.tokens
  }

  /** Of the unit, or of its innermost lead-in if the unit is only an answer to it. */
  get mentions(): readonly Mention[] {
    return (this.#mentions ??= this.#readMentions())
  }

  get assertions(): ReadonlyMap<Mention, Assertion> {
    const { document, lexicon, stages } = this.#note
    return (this.#assertions ??=
      this.mentions.length === 0
        ? new Map()
        : stages.assertionsOf(document, this.unit, this.mentions, lexicon))
  }

  /** Mentions, words of complaint and words of relief: everything that times and outcomes may belong to. */
  get targets(): readonly MentionTarget[] {
    return (this.#targets ??= [
      ...targetsOf(this.mentions, this.tokens, this.#note.lexicon),
      ...this.reliefTargets.values(),
    ])
  }

  get times(): readonly TimeExpression[] {
    return (this.#times ??= this.#readTimes())
  }

  get bound(): BoundTimes {
    const { unit, targets, times } = this
    return (this.#bound ??= isRow(unit)
      ? ofFirstCell(unit, targets, times)
      : bindTimes(this.tokens, withoutRates(this.#withoutPlans(targets), times), times))
  }

  /** "12 visits over 7 weeks": frequency and length are not targets that could take times from the therapy. */
  #withoutPlans(targets: readonly MentionTarget[]): readonly MentionTarget[] {
    const { lexicon } = this.#note
    return targets.filter(
      ({ mention }) => mention === undefined || lexicon.get(mention.conceptId)?.needs === undefined,
    )
  }

  get outcomes(): readonly OutcomeCue[] {
    return (this.#outcomes ??= outcomesIn(this.text, this.unit.start, this.tokens))
  }

  get reliefs(): readonly Relief[] {
    return (this.#reliefs ??= reliefsIn(this.tokens))
  }

  /** Words of relief compete for lengths of time: "relief for 3 months". */
  get reliefTargets(): ReadonlyMap<Relief, Target> {
    return (this.#reliefTargets ??= new Map(
      this.reliefs.map((one) => [one, { start: one.start, end: one.end, kind: 'relief' as const }]),
    ))
  }

  get places(): PlaceText {
    return (this.#places ??= placesIn(this.text, this.unit.start, this.#inUnit, this.#note.lexicon))
  }

  /** From the innermost lead-in to the section's title. */
  get around(): readonly PlaceText[] {
    return this.mentions.length === 0 ? [] : this.#note.placesAround(this.unit)
  }

  /** For a row: the mentions in its column headings. */
  get headers(): ReadonlyMap<Cell, readonly Mention[]> {
    return (this.#headers ??= isRow(this.unit) ? this.#readHeaders() : noHeaders)
  }

  /** For a row: whether a column says what was breathed, so that a bare number in it may be a saturation. */
  get hasBreathingColumn(): boolean {
    const { cells = [] } = this.unit
    return isRow(this.unit) && cells.some((cell) => isBreathingColumn(this.#note.document, cell))
  }

  /** Observables, devices and activities in the innermost lead-in that has any. */
  get leadConditions(): readonly Mention[] {
    const { lexicon } = this.#note
    for (const lead of this.unit.leads.toReversed()) {
      const found = this.#note.mentionsIn(lead).filter((one) => isCondition(one.conceptId, lexicon))
      if (found.length > 0) return found
    }
    return []
  }

  /** Concepts in the lead-ins. */
  get leadConcepts(): ReadonlySet<string> {
    return (this.#leadConcepts ??= this.#note.conceptsOf(this.unit.leads))
  }

  get #all(): readonly Mention[] {
    return (this.#found ??= this.#note.find(this.unit))
  }

  get #inUnit(): readonly Mention[] {
    const { start, end } = this.unit
    const isIn = (one: Mention) => one.start >= start && one.end <= end
    return this.#all.every(isIn) ? this.#all : this.#all.filter(isIn)
  }

  #readMentions(): readonly Mention[] {
    const inUnit = this.#inUnit
    if (hasMatter(inUnit, this.#note.lexicon)) return inUnit
    const question = this.#questionMentions()
    return question.length === 0 ? inUnit : [...question, ...inUnit]
  }

  /** "Foot drop?" on the previous line and "No" in the unit: the mentions of the question belong to the unit. */
  #questionMentions(): readonly Mention[] {
    const lead = this.unit.leads.at(-1)
    if (lead === undefined) return []
    const stated = this.#all.filter((one) => one.start >= lead.start && one.end <= lead.end)
    return stated.length > 0 ? stated : this.#note.mentionsIn(lead)
  }

  #readTimes(): readonly TimeExpression[] {
    const { document, lexicon } = this.#note
    if (isRow(this.unit)) return timesOfRow(document, this.unit, this.noteDay)
    const expected = expectedDates(this.tokens, this.#inUnit, lexicon)
    return timesIn(this.tokens, this.noteDay, (index) => expected.has(index))
  }

  #readHeaders(): ReadonlyMap<Cell, readonly Mention[]> {
    return new Map(
      (this.unit.cells ?? []).map((cell) => [
        cell,
        [cell.header, cell.subheader].flatMap((one) =>
          one === undefined ? [] : this.#note.mentionsIn(one),
        ),
      ]),
    )
  }
}

const noHeaders: ReadonlyMap<Cell, readonly Mention[]> = new Map()

const troubleWord =
  /^(?:pain|pains|symptoms?|complaints?|ache|aching|numbness|weakness|stiffness|headaches?|sciatica|tingling|soreness)$/

function hasMatter(mentions: readonly Mention[], lexicon: LexiconView): boolean {
  return mentions.some((one) => {
    const kind = lexicon.get(one.conceptId)?.kind
    return kind !== undefined && kind !== 'site' && kind !== 'observable'
  })
}

function targetsOf(
  mentions: readonly Mention[],
  tokens: readonly Token[],
  lexicon: LexiconView,
): readonly MentionTarget[] {
  const targets: MentionTarget[] = []
  for (const mention of mentions) {
    const kind = lexicon.get(mention.conceptId)?.kind
    if (kind === undefined || kind === 'site' || kind === 'observable') continue
    targets.push({ start: mention.start, end: mention.end, kind: targetKind(kind), mention })
  }
  const covered = targets.toSorted((one, other) => one.start - other.start)
  let at = 0
  const isFree = (span: Span) => {
    while ((covered[at]?.end ?? Number.POSITIVE_INFINITY) <= span.start) at += 1
    return (covered[at]?.start ?? Number.POSITIVE_INFINITY) >= span.end
  }
  for (const token of tokens) {
    if (!troubleWord.test(token.text) || !isFree(token)) continue
    targets.push({ start: token.start, end: token.end, kind: 'finding' })
  }
  return targets
}

/** "twice a week", "8 wk" may also be concepts of the lexicon, but times do not belong to them. */
function withoutRates(
  targets: readonly MentionTarget[],
  times: readonly TimeExpression[],
): readonly MentionTarget[] {
  const rates = times.filter(
    (one) => (one.kind === 'ignored' && one.isRate === true) || one.kind === 'duration',
  )
  if (rates.length === 0) return targets
  let at = 0
  const sorted = targets.toSorted((one, other) => one.start - other.start)
  return sorted.filter((one) => {
    while ((rates[at]?.end ?? Number.POSITIVE_INFINITY) <= one.start) at += 1
    return one.kind === 'therapy' || (rates[at]?.start ?? Number.POSITIVE_INFINITY) >= one.end
  })
}

function targetKind(kind: string): Target['kind'] {
  if (kind === 'therapy' || kind === 'drug') return 'therapy'
  if (kind === 'study') return 'study'
  return kind === 'finding' || kind === 'sign' || kind === 'disease' ? 'finding' : 'other'
}

export function isRow(unit: Unit): boolean {
  return unit.kind === 'row' && unit.cells !== undefined && unit.cells.length > 1
}

/** All times of a row belong to the first target in its first cell. */
function ofFirstCell(
  { cells = [] }: Unit,
  targets: readonly MentionTarget[],
  times: readonly TimeExpression[],
): BoundTimes {
  for (const cell of cells) {
    const inside = targets.filter(
      (one) => one.mention !== undefined && one.start >= cell.start && one.end <= cell.end,
    )
    if (inside.length > 0)
      return new Map(inside.map((one) => [one, times.filter((time) => time.kind !== 'ignored')]))
  }
  // A study above the table has the day of each row.
  const over = targets.filter((one) => one.mention !== undefined && one.kind === 'study')
  return new Map(over.map((one) => [one, times.filter((time) => time.kind === 'day')]))
}

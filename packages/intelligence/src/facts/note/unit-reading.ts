import {
  type Cell,
  type NoteDocument,
  type Span,
  textOf,
  type Unit,
} from '../../document/note-document.ts'
import type { LexiconView } from '../../lexicon/lexicon-view.ts'
import type { Mention } from '../../lexicon/mention.ts'
import type { Assertion } from '../../modifiers/assertion.ts'
import type { Stages } from '../stages.ts'
import type { TimeExpression } from '../values/time-expression.ts'
import { timesIn } from '../values/times.ts'
import type { Token } from '../values/tokens.ts'
import { expectedDates } from './expected-dates.ts'
import { type BoundTimes, bindTimes, type Target } from './bind-times.ts'
import { isCondition } from './measured-under.ts'
import { type OutcomeCue, outcomesIn, type Relief, reliefsIn } from './outcomes.ts'
import { type PlaceText, placesIn } from './places.ts'
import { timesOfRow } from './table-row.ts'

/** A mention that becomes a fact, and what competes with it for times and outcomes. */
export interface MentionTarget extends Target {
  readonly mention?: Mention
}

/** One unit of a note, read once: its tokens, mentions, times, outcomes and what they belong to. */
export interface UnitReading {
  readonly unit: Unit
  readonly text: string
  readonly tokens: readonly Token[]
  /** Of the unit; of its innermost lead where the unit itself is but an answer to it. */
  readonly mentions: readonly Mention[]
  readonly assertions: ReadonlyMap<Mention, Assertion>
  readonly targets: readonly MentionTarget[]
  readonly times: readonly TimeExpression[]
  readonly bound: BoundTimes
  readonly outcomes: readonly OutcomeCue[]
  readonly reliefs: readonly Relief[]
  /** The words of relief compete for lengths of time: "relief for 3 months". */
  readonly reliefTargets: ReadonlyMap<Relief, Target>
  readonly places: PlaceText
  /** From the innermost lead to the section's title. */
  readonly around: readonly PlaceText[]
  /** Observables, devices and activities that the innermost lead with any names. */
  readonly leadConditions: readonly Mention[]
  /** Of a row: what the headings of its columns name. */
  readonly headers: ReadonlyMap<Cell, readonly Mention[]>
  /** Concepts that the leads name. */
  readonly leadConcepts: ReadonlySet<string>
}

const troubleWord =
  /^(?:pain|pains|symptoms?|complaints?|ache|aching|numbness|weakness|stiffness|headaches?|sciatica|tingling|soreness)$/

/** Reads the units of one document; leads and titles that several units share are read once. */
export class UnitReader {
  readonly #document: NoteDocument
  readonly #lexicon: LexiconView
  readonly #stages: Stages
  readonly #around = new Map<number, PlaceText>()
  readonly #mentions = new Map<number, readonly Mention[]>()

  constructor(document: NoteDocument, lexicon: LexiconView, stages: Stages) {
    this.#document = document
    this.#lexicon = lexicon
    this.#stages = stages
  }

  read(unit: Unit, noteDay: string | undefined): UnitReading {
    const found = this.#lexicon.find(this.#document, unit)
    const inUnit = found.filter((one) => one.start >= unit.start && one.end <= unit.end)
    const mentions = this.#hasMatter(inUnit)
      ? inUnit
      : [...this.#questionOf(unit, found), ...inUnit]
    const text = textOf(this.#document, unit)
    const places = placesIn(text, unit.start, inUnit, this.#lexicon)
    const { tokens } = places
    const reliefs = reliefsIn(tokens)
    const reliefTargets = new Map(
      reliefs.map((one) => [one, { start: one.start, end: one.end, kind: 'relief' as const }]),
    )
    const targets = [...this.#targetsOf(mentions, tokens), ...reliefTargets.values()]
    const expected = expectedDates(tokens, inUnit, this.#lexicon)
    const times = isRow(unit)
      ? timesOfRow(this.#document, unit, noteDay)
      : timesIn(tokens, noteDay, (index) => expected.has(index))
    let known: readonly OutcomeCue[] | undefined
    const competing = withoutRates(targets, times)
    return {
      unit,
      text,
      tokens,
      mentions,
      assertions:
        mentions.length === 0
          ? new Map()
          : this.#stages.assertionsOf(this.#document, unit, mentions, this.#lexicon),
      targets,
      times,
      bound: isRow(unit) ? ofFirstCell(unit, targets, times) : bindTimes(tokens, competing, times),
      // Asked for beside therapies alone.
      get outcomes() {
        known ??= outcomesIn(text, unit.start, tokens)
        return known
      },
      reliefs,
      reliefTargets,
      places,
      around: mentions.length === 0 ? [] : this.#placesAround(unit),
      headers: new Map(
        (isRow(unit) ? (unit.cells ?? []) : []).map((cell) => [
          cell,
          cell.header === undefined ? [] : this.#mentionsIn(cell.header),
        ]),
      ),
      leadConditions: this.#leadConditions(unit),
      leadConcepts: new Set(
        unit.leads.flatMap((lead) => this.#mentionsIn(lead)).map((one) => one.conceptId),
      ),
    }
  }

  #hasMatter(mentions: readonly Mention[]): boolean {
    return mentions.some((one) => {
      const kind = this.#lexicon.get(one.conceptId)?.kind
      return kind !== undefined && kind !== 'site' && kind !== 'observable'
    })
  }

  /** "Foot drop?" on the line before, "No" in the unit: the question's mentions are the unit's. */
  #questionOf(unit: Unit, found: readonly Mention[]): readonly Mention[] {
    const lead = unit.leads.at(-1)
    if (lead === undefined) return []
    const told = found.filter((one) => one.start >= lead.start && one.end <= lead.end)
    return told.length > 0 ? told : this.#mentionsIn(lead)
  }

  #mentionsIn(span: Span): readonly Mention[] {
    const known = this.#mentions.get(span.start)
    if (known !== undefined) return known
    const found = this.#lexicon
      .findIn(textOf(this.#document, span))
      .map((one) => ({ ...one, start: one.start + span.start, end: one.end + span.start }))
    this.#mentions.set(span.start, found)
    return found
  }

  #leadConditions({ leads }: Unit): readonly Mention[] {
    for (const lead of leads.toReversed()) {
      const found = this.#mentionsIn(lead).filter((one) =>
        isCondition(one.conceptId, this.#lexicon),
      )
      if (found.length > 0) return found
    }
    return []
  }

  #placesAround({ leads, section }: Unit): readonly PlaceText[] {
    const spans = [...leads.toReversed(), ...(section.title === undefined ? [] : [section.title])]
    return spans.map((span) => {
      const known = this.#around.get(span.start)
      if (known !== undefined) return known
      const places = placesIn(
        textOf(this.#document, span),
        span.start,
        this.#mentionsIn(span),
        this.#lexicon,
      )
      this.#around.set(span.start, places)
      return places
    })
  }

  #targetsOf(mentions: readonly Mention[], tokens: readonly Token[]): readonly MentionTarget[] {
    const targets: MentionTarget[] = []
    for (const mention of mentions) {
      const kind = this.#lexicon.get(mention.conceptId)?.kind
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
}

/** "twice a week", "8 wk" may be concepts of the lexicon too: no time is a time of them. */
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

/** All times of a row are of what its first cell with a target names. */
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
  return new Map()
}

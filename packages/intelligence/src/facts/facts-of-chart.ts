import type {
  ClinicalBundle,
  Concept as CodedConcept,
  ConditionEntry,
  MedicationEntry,
  ObservationEntry,
  OrderEntry,
  ProcedureEntry,
  ReportEntry,
  ResourceSource,
} from '@authscript/prior-auth'
import type { ConceptKind } from '../lexicon/concept.ts'
import type { LexiconView } from '../lexicon/lexicon-view.ts'
import { entryReaderOf, type Meaning, textsOf } from './chart/chart-entry.ts'
import {
  asserted,
  conditionAssertion,
  isLater,
  isOfToday,
  medicationAssertion,
  observationAssertion,
  procedureAssertion,
  reportAssertion,
} from './chart/entry-status.ts'
import { judgedFacts } from './chart/judged-value.ts'
import { observedFact } from './chart/observed-value.ts'
import type { Days, Fact, FactSource, Finding, Therapy } from './fact.ts'
import { doseOf, drugsOf } from './chart/drug-of-entry.ts'
import { courseOf, hedged, placed } from './chart/meaning-parts.ts'
import { daysOfDate, until } from './values/calendar.ts'

type List = Extract<FactSource, { readonly kind: 'coded' }>['list']

const findingKinds = ['finding', 'sign', 'disease', 'device', 'function'] as const
const doneKinds = ['therapy', 'study', 'drug', 'device'] as const
const drugKinds = ['drug', 'therapy'] as const
const observedKinds = [
  'measure',
  'score',
  'finding',
  'sign',
  'disease',
  'study',
  'function',
  'observable',
] as const

/** A code of a chart entry, with the facts that each of its meanings gives. */
export interface CodedPlace {
  readonly code: CodedConcept
  readonly bodySites: readonly CodedConcept[]
  /** The kinds of concept that its list can contain. */
  readonly kinds: readonly ConceptKind[]
  readonly factsOf: (meaning: Meaning) => readonly Fact[]
}

/**
 * The coded entries of a chart and the reasons of its order, as facts. Entries without a known concept have an
 * empty `conceptId` and keep their codes.
 */
export function factsOfChart(
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
  lexicon: LexiconView,
): readonly Fact[] {
  const reader = entryReaderOf(lexicon)
  return codedPlacesOf(bundle, order, asOf, lexicon).flatMap(
    ({ code, bodySites, kinds, factsOf }) =>
      reader.meaningsOf(code, bodySites, kinds).flatMap(factsOf),
  )
}

/** The same, with the facts of each code computed on request. */
export function codedPlacesOf(
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
  lexicon: LexiconView,
): readonly CodedPlace[] {
  return new ChartFacts(bundle, order, asOf, lexicon).all()
}

class ChartFacts {
  readonly #bundle: ClinicalBundle
  readonly #order: OrderEntry
  readonly #asOf: string
  readonly #lexicon: LexiconView

  constructor(bundle: ClinicalBundle, order: OrderEntry, asOf: string, lexicon: LexiconView) {
    this.#bundle = bundle
    this.#order = order
    this.#asOf = asOf
    this.#lexicon = lexicon
  }

  all(): readonly CodedPlace[] {
    const { conditions, observations, procedures, medications, reports = [] } = this.#bundle
    return [
      ...conditions.flatMap((one) => this.#condition(one, 'conditions')),
      ...observations.flatMap((one) => this.#observation(one)),
      ...procedures.flatMap((one) => this.#procedure(one)),
      ...this.#medications(medications),
      ...reports.flatMap((one) => this.#report(one)),
      ...this.#reasons(conditions),
    ]
  }

  #condition(entry: ConditionEntry, list: 'conditions' | 'order_reasons'): readonly CodedPlace[] {
    const assertion = conditionAssertion(entry, this.#asOf)
    if (assertion === undefined) return []
    const onset = daysOfDate(entry.onsetDate)
    const { code, source } = entry
    return [
      place(
        code,
        findingKinds,
        (meaning): Finding => ({
          kind: 'finding',
          ...placed(meaning),
          assertion: hedged(assertion, meaning),
          ...(onset === undefined ? {} : { onset: until(onset, this.#asOf) }),
          from: this.#source(
            source,
            'Condition.code',
            list,
            code,
            meaning,
            entry.recordedDate ?? entry.onsetDate,
          ),
        }),
      ),
    ]
  }

  #reasons(conditions: readonly ConditionEntry[]): readonly CodedPlace[] {
    const { reasons, reasonConditionIds, source, authoredOn } = this.#order
    const named = reasons.map((reason) =>
      place(
        reason,
        findingKinds,
        (meaning): Finding => ({
          kind: 'finding',
          ...placed(meaning),
          assertion: hedged(asserted, meaning),
          from: this.#source(
            source,
            'ServiceRequest.reasonCode',
            'order_reasons',
            reason,
            meaning,
            authoredOn,
          ),
        }),
      ),
    )
    const ids = new Set(reasonConditionIds)
    const pointed = conditions.filter((one) => ids.has(one.source.resourceId))
    return [...named, ...pointed.flatMap((one) => this.#condition(one, 'order_reasons'))]
  }

  #observation(entry: ObservationEntry): readonly CodedPlace[] {
    const assertion = observationAssertion(entry.status)
    if (assertion === undefined || isLater(entry.effectiveDate, this.#asOf)) return []
    const parts = entry.components.map((part) => ({ ...part, path: 'Observation.component.value' }))
    const hasOwn = entry.value !== undefined || parts.length === 0
    const whole = hasOwn
      ? [{ code: entry.code, value: entry.value, path: 'Observation.value' }]
      : []
    return [...whole, ...parts].map(({ code, value, path }) => ({
      code,
      bodySites: [],
      kinds: observedKinds,
      factsOf: (meaning): readonly Fact[] => {
        const said = {
          ...placed(meaning),
          assertion: hedged(assertion, meaning),
          from: this.#source(
            entry.source,
            path,
            'observations',
            code,
            meaning,
            entry.effectiveDate,
          ),
        }
        const concept = this.#lexicon.get(meaning.conceptId)
        const day = this.#dayOf(entry.effectiveDate)
        return concept?.kind === 'observable'
          ? judgedFacts(value, concept, said, day, this.#lexicon)
          : [observedFact(value, concept, said, meaning.conditions, day)]
      },
    }))
  }

  #procedure(entry: ProcedureEntry): readonly CodedPlace[] {
    const start = this.#dayOf(entry.performedStart)
    const end = this.#dayOf(entry.performedEnd)
    const assertion = procedureAssertion(
      entry.status,
      isLater(entry.performedStart ?? entry.performedEnd, this.#asOf),
    )
    if (assertion === undefined) return []
    const factOf = (meaning: Meaning): Fact => {
      const parts = {
        ...placed(meaning),
        assertion: hedged(assertion, meaning),
        from: this.#source(
          entry.source,
          'Procedure.code',
          'procedures',
          entry.code,
          meaning,
          entry.performedEnd ?? entry.performedStart,
        ),
      }
      const day = end ?? start
      if (meaning.kind === 'study')
        return { kind: 'study', ...parts, ...(day === undefined ? {} : { day }), hasResult: false }
      if (meaning.kind === 'device')
        return { kind: 'finding', ...parts, ...(start === undefined ? {} : { onset: start }) }
      return { kind: 'therapy', ...parts, ...courseOf(start, end, assertion, entry.status) }
    }
    return [{ ...place(entry.code, doneKinds, factOf), bodySites: entry.bodySites }]
  }

  #medications(entries: readonly MedicationEntry[]): readonly CodedPlace[] {
    const encounterId = this.#bundle.encounter.source.resourceId
    const earlier = new Set(
      entries
        .filter(
          (one) =>
            one.authoredOn !== undefined &&
            !isOfToday(one, encounterId, this.#asOf) &&
            medicationAssertion(one, true, encounterId, this.#asOf)?.phase === 'done',
        )
        .flatMap((one) => drugsOf(one.medication)),
    )
    return entries.flatMap((entry) => {
      const isRenewal = drugsOf(entry.medication).some((drug) => earlier.has(drug))
      const assertion = medicationAssertion(entry, isRenewal, encounterId, this.#asOf)
      if (assertion === undefined || isLater(entry.authoredOn, this.#asOf)) return []
      const start = this.#dayOf(entry.authoredOn)
      const factOf = (meaning: Meaning): Therapy => {
        const dose = doseOf([...textsOf(entry.medication), entry.dosage ?? ''])
        return {
          kind: 'therapy',
          ...placed(meaning),
          assertion: hedged(assertion, meaning),
          ...(start === undefined ? {} : { start }),
          ...(dose === undefined ? {} : { dose }),
          from: this.#source(
            entry.source,
            'MedicationRequest.medication',
            'medications',
            entry.medication,
            meaning,
            entry.authoredOn,
          ),
        }
      }
      return [place(entry.medication, drugKinds, factOf)]
    })
  }

  #report(entry: ReportEntry): readonly CodedPlace[] {
    const assertion = reportAssertion(entry.status)
    if (assertion === undefined || isLater(entry.effectiveDate, this.#asOf)) return []
    const day = this.#dayOf(entry.effectiveDate)
    return [
      place(entry.code, ['study'], (meaning) => ({
        kind: 'study',
        ...placed(meaning),
        assertion: hedged(assertion, meaning),
        ...(day === undefined ? {} : { day }),
        hasResult: assertion.phase === 'done',
        from: this.#source(
          entry.source,
          'DiagnosticReport.code',
          'reports',
          entry.code,
          meaning,
          entry.effectiveDate,
        ),
      })),
    ]
  }

  #dayOf(date: string | undefined): Days | undefined {
    const days = daysOfDate(date)
    return days === undefined ? undefined : until(days, this.#asOf)
  }

  #source(
    source: ResourceSource,
    path: string,
    list: List,
    code: CodedConcept,
    { by }: Meaning,
    date: string | undefined,
  ): FactSource {
    const [text] = textsOf(code)
    const day = this.#dayOf(date)
    return {
      kind: 'coded',
      source,
      path,
      list,
      by,
      codes: code.codings.flatMap(({ system, code: one }) =>
        one === undefined ? [] : [{ system: system ?? '', code: one }],
      ),
      ...(text === undefined ? {} : { text }),
      ...(day === undefined ? {} : { day }),
    }
  }
}

/** An entry without a part of the body that gives one fact for each meaning. */
function place(
  code: CodedConcept,
  kinds: readonly ConceptKind[],
  factOf: (meaning: Meaning) => Fact,
): CodedPlace {
  return { code, bodySites: [], kinds, factsOf: (meaning) => [factOf(meaning)] }
}

import type {
  ClinicalBundle,
  Concept,
  MedicationEntry,
  OrderEntry,
  ResourceSource,
} from '@authscript/prior-auth'
import { isConfirmed, isRefuted } from '../../condition-status.ts'
import type { CodedRule } from '../../policy/coded-rule.ts'

/** One thing of the coded chart, whatever kind it is. */
export interface Entry {
  readonly source: ResourceSource
  /** The field that carries the fact. */
  readonly path: string
  readonly concepts: readonly Concept[]
  /** Body sites beside the code. */
  readonly sites: readonly Concept[]
  /** `YYYY-MM-DD`; of a period its end, of a month or year its last day. */
  readonly day: string | undefined
  /** The first day that the date may mean: another one where only a month or year is known. */
  readonly firstDay: string | undefined
  /** Doubted or not yet begun: it neither supports nor refutes. */
  readonly isDoubtful: boolean
  /** What FHIRPath sees. */
  readonly resource: object
}

export type List = CodedRule['from']

const wrongProcedures = new Set([
  'not-done',
  'entered-in-error',
  'preparation',
  'on-hold',
  'cancelled',
])
const certainProcedures = new Set(['completed', 'in-progress', 'stopped', 'aborted'])
const wrongObservations = new Set(['entered-in-error', 'cancelled'])
const certainObservations = new Set(['final', 'amended', 'corrected', 'appended'])
const wrongMedications = new Set(['entered-in-error', 'cancelled', 'draft', 'on-hold', 'revoked'])
const certainMedications = new Set(['active', 'completed', 'stopped', 'ended'])
const unwritten = new Set(['proposal', 'plan', 'option'])

/** A status that nobody here knows may mean anything: what has it neither supports nor refutes. */
function isUncertain(status: string | undefined, certain: ReadonlySet<string>): boolean {
  return status !== undefined && !certain.has(status)
}

/** The coded chart as lists of things, without what is void, not done or later than the encounter. */
export function entriesOf(
  from: List,
  bundle: ClinicalBundle,
  order: OrderEntry,
  asOf: string,
): readonly Entry[] {
  const isPast = (entry: Entry) => entry.day === undefined || entry.day <= nextDay(asOf)
  switch (from) {
    case 'conditions':
      return bundle.conditions
        .filter((one) => !isRefuted(one))
        .map((one) => ({
          ...bare(one, 'Condition.code', [one.code]),
          ...daysOf(one.recordedDate ?? one.onsetDate, asOf),
          isDoubtful: !isConfirmed(one),
        }))
    case 'procedures':
      return bundle.procedures
        .filter((one) => !wrongProcedures.has(one.status ?? ''))
        .map((one) => ({
          ...bare(one, 'Procedure.code', [one.code]),
          sites: one.bodySites,
          ...daysOf(one.performedEnd ?? one.performedStart, asOf),
          isDoubtful: isUncertain(one.status, certainProcedures),
        }))
        .filter(isPast)
    case 'medications':
      return bundle.medications
        .filter(
          (one) => !wrongMedications.has(one.status ?? '') && !unwritten.has(one.intent ?? ''),
        )
        .map((one) => ({
          ...bare(one, 'MedicationRequest.medication', [one.medication]),
          ...daysOf(one.authoredOn, asOf),
          isDoubtful:
            isUncertain(one.status, certainMedications) ||
            isFirstPrescribed(one, bundle.medications, bundle.encounter.source.resourceId, asOf),
        }))
        .filter(isPast)
    case 'observations':
      return bundle.observations
        .filter((one) => !wrongObservations.has(one.status ?? ''))
        .flatMap((one) => {
          const whole = {
            ...bare(one, 'Observation.value', [one.code]),
            ...daysOf(one.effectiveDate, asOf),
            isDoubtful: isUncertain(one.status, certainObservations),
          }
          const parts = one.components.map((part) => ({
            ...whole,
            path: 'Observation.component.value',
            concepts: [part.code],
            resource: { ...one, ...part, components: [] },
          }))
          return [whole, ...parts]
        })
        .filter(isPast)
    case 'order':
      return [
        {
          ...bare(order, 'ServiceRequest.code', [order.code]),
          sites: order.bodySites,
          ...daysOf(order.authoredOn, asOf),
        },
      ]
    case 'order_reasons': {
      const named = order.reasons.map((reason) => ({
        ...bare(order, 'ServiceRequest.reasonCode', [reason]),
        ...daysOf(order.authoredOn, asOf),
        resource: { ...order, code: reason },
      }))
      const pointed = entriesOf('conditions', bundle, order, asOf).filter((entry) =>
        order.reasonConditionIds.includes(entry.source.resourceId),
      )
      return [...named, ...pointed]
    }
    case 'patient':
      return [
        {
          ...bare(bundle.patient, 'Patient.birthDate', []),
          ...daysOf(undefined, asOf),
          resource: { ...bundle.patient, ...ageAt(bundle.patient.birthDate, asOf) },
        },
      ]
    default:
      return from satisfies never
  }
}

function bare(
  resource: { readonly source: ResourceSource },
  path: string,
  concepts: readonly Concept[],
): Omit<Entry, 'day' | 'firstDay'> {
  return { source: resource.source, path, concepts, sites: [], isDoubtful: false, resource }
}

/**
 * The last and the first day that a date may mean: a month is not older than its last day, and a year that is not over ends with the day of the
 * encounter.
 */
function daysOf(date: string | undefined, asOf: string): Pick<Entry, 'day' | 'firstDay'> {
  const [firstDay, day] = spanOf(date)
  if (day === undefined || firstDay === undefined) return { day: undefined, firstDay: undefined }
  return { day: firstDay <= asOf && day > nextDay(asOf) && firstDay !== day ? asOf : day, firstDay }
}

function spanOf(date: string | undefined): readonly [first?: string, last?: string] {
  if (date === undefined) return []
  if (date.length >= 10) return [date.slice(0, 10), date.slice(0, 10)]
  if (/^\d{4}-\d{2}$/.test(date)) {
    const [year, month] = date.split('-').map(Number)
    const last = new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10)
    return [`${date}-01`, last]
  }
  return /^\d{4}$/.test(date) ? [`${date}-01-01`, `${date}-12-31`] : []
}

/**
 * Whether a drug was first prescribed at this encounter: then it has not been tried. A request of the same drug from before makes this one a
 * renewal.
 */
function isFirstPrescribed(
  request: MedicationEntry,
  all: readonly MedicationEntry[],
  encounterId: string,
  asOf: string,
): boolean {
  const isOfToday = (one: MedicationEntry) => {
    const [firstDay, lastDay] = spanOf(one.authoredOn)
    const isEarlier = lastDay !== undefined && lastDay < asOf
    return !isEarlier && (one.encounterId === encounterId || (firstDay ?? '') >= asOf)
  }
  return (
    isOfToday(request) &&
    !all.some(
      (one) =>
        one.source.resourceId !== request.source.resourceId &&
        one.authoredOn !== undefined &&
        !isOfToday(one) &&
        !wrongMedications.has(one.status ?? '') &&
        !unwritten.has(one.intent ?? '') &&
        isSameDrug(one.medication, request.medication),
    )
  )
}

function isSameDrug(one: Concept, other: Concept): boolean {
  const drugsOf = (concept: Concept) => [
    ...concept.codings.flatMap(({ system, code }) =>
      system === undefined || code === undefined ? [] : [`${system} ${code}`],
    ),
    // The ingredient stands first: "naproxen 500 mg tablet".
    ...[concept.text, ...concept.codings.map((coding) => coding.display)].flatMap(
      (text) => /[a-z]{4,}/i.exec(text ?? '')?.[0].toLowerCase() ?? [],
    ),
  ]
  const known = new Set(drugsOf(one))
  return drugsOf(other).some((drug) => known.has(drug))
}

function nextDay(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(time) ? day : new Date(time + 86_400_000).toISOString().slice(0, 10)
}

/** Whole years on the day of the visit, where the birth date is known to the day. */
function ageAt(birthDate: string | undefined, asOf: string): { readonly ageYears?: number } {
  if (birthDate === undefined || birthDate.length !== 10) return {}
  const years = Number(asOf.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return { ageYears: asOf.slice(5) < birthDate.slice(5) ? years - 1 : years }
}

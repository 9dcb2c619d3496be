import type {
  ClinicalBundle,
  Concept,
  MeasuredValue,
  OrderEntry,
  ResourceSource,
} from '@authscript/prior-auth'

/** A field of a coded resource that a fact may point to. */
export interface CodedEntry {
  readonly source: ResourceSource
  /** FHIRPath without indexes. */
  readonly path: string
  readonly codes: readonly string[]
  /** Name and value for the reviewer: "Low back pain (M54.50)", "Body mass index 42.1 kg/m2". */
  readonly summary: string
  /** The readable code, if the entry has no name of its own. */
  readonly bareCode?: string
  /** As written in the FHIR resource. */
  readonly date?: string
}

/** The fields of the coded chart that facts can point to. */
export function codedEntriesOf(bundle: ClinicalBundle): readonly CodedEntry[] {
  return [
    ...bundle.conditions.map((one) =>
      entry(one.source, 'Condition.code', one.code, one.recordedDate ?? one.onsetDate),
    ),
    ...bundle.procedures.map((one) =>
      entry(one.source, 'Procedure.code', one.code, one.performedEnd ?? one.performedStart),
    ),
    ...bundle.medications.map((one) =>
      entry(one.source, 'MedicationRequest.medication', one.medication, one.authoredOn),
    ),
    ...bundle.documents.map((one) =>
      entry(
        one.source,
        'DocumentReference.description',
        { codings: one.type.codings, text: one.title ?? one.type.text },
        one.date,
      ),
    ),
    ...(bundle.reports ?? []).map((one) =>
      entry(one.source, 'DiagnosticReport.code', one.code, one.effectiveDate),
    ),
    ...bundle.observations.flatMap((one) => [
      entry(one.source, 'Observation.value', one.code, one.effectiveDate, one.value),
      ...one.components.map((part) =>
        entry(one.source, 'Observation.component.value', part.code, one.effectiveDate, part.value),
      ),
    ]),
  ]
}

/** The fields of the order: the requested service and each of its reasons. */
export function orderEntriesOf({
  source,
  code,
  reasons,
  authoredOn,
}: OrderEntry): readonly CodedEntry[] {
  return [
    entry(source, 'ServiceRequest.code', code, authoredOn),
    ...reasons.map((reason) => entry(source, 'ServiceRequest.reasonCode', reason, authoredOn)),
  ]
}

/** Codes that people read; RxNorm, LOINC and SNOMED CT numbers are for machines. */
const readable = /icd-10-cm|cpt|hcpcs/i

function entry(
  source: ResourceSource,
  path: string,
  concept: Concept,
  date: string | undefined,
  value?: MeasuredValue,
): CodedEntry {
  const isNamed =
    concept.text !== undefined || concept.codings.some((one) => one.display !== undefined)
  const bareCode = isNamed ? undefined : readableCodeOf(concept)
  const parts = [nameOf(concept), value === undefined ? undefined : valueOf(value)]
  return {
    source,
    path,
    codes: concept.codings.flatMap(({ code }) => code ?? []),
    summary: parts.filter((part) => part !== undefined && part !== '').join(' '),
    ...(isNamed ? {} : { bareCode: bareCode ?? '' }),
    ...(date === undefined ? {} : { date }),
  }
}

function readableCodeOf({ codings }: Concept): string | undefined {
  return codings.find((one) => readable.test(one.system ?? '') && one.code !== undefined)?.code
}

function nameOf({ text, codings }: Concept): string {
  const name = text ?? codings.find((one) => one.display !== undefined)?.display
  const code = readableCodeOf({ codings })
  if (name === undefined) return code ?? 'an entry without a name'
  return code === undefined || name.includes(code) ? name : `${name} (${code})`
}

function valueOf(value: MeasuredValue): string | undefined {
  switch (value.kind) {
    case 'quantity':
      return `${value.comparator ?? ''}${value.value}${value.unit === undefined ? '' : ` ${value.unit}`}`
    case 'concept':
      return value.concept.text ?? value.concept.codings[0]?.display
    case 'text':
      return value.text
    case 'boolean':
      return value.value ? 'yes' : 'no'
    case 'range':
      return [value.low, value.high].filter((one) => one !== undefined).join(' to ')
    default:
      return value satisfies never
  }
}

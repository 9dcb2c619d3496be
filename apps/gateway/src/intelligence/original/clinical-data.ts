import type {
  ClinicalBundle,
  Coding,
  Concept,
  DocumentEntry,
  MeasuredValue,
} from '@authscript/prior-auth'

/**
 * The chart in the format of the original service, in snake_case. Fields that the original lacks are named in the same way: orders,
 * medications, and the notes as `document_texts`, one for each entry of `documents`.
 */
export function toClinicalData(bundle: ClinicalBundle): Readonly<Record<string, unknown>> {
  const documents = bundle.documents.flatMap(withText)
  return {
    patient: toPatient(bundle),
    conditions: bundle.conditions.map((condition) => ({
      id: condition.source.resourceId,
      ...toCode(condition.code),
      clinical_status: condition.clinicalStatus,
      onset_date: condition.onsetDate,
    })),
    observations: bundle.observations.map((observation) => ({
      id: observation.source.resourceId,
      ...toCode(observation.code),
      ...toValue(observation.value),
      effective_date: observation.effectiveDate,
    })),
    procedures: bundle.procedures.map((procedure) => ({
      id: procedure.source.resourceId,
      ...toCode(procedure.code),
      status: procedure.status,
      performed_date: procedure.performedStart,
    })),
    medications: bundle.medications.map((medication) => ({
      id: medication.source.resourceId,
      ...toCode(medication.medication),
      status: medication.status,
      authored_on: medication.authoredOn,
    })),
    service_requests: bundle.orders.map((order) => ({
      id: order.source.resourceId,
      status: order.status,
      code: { coding: order.code.codings, text: order.code.text },
      encounter_id: order.encounterId,
      authored_on: order.authoredOn,
    })),
    documents: documents.map(({ document, contentType }) => ({
      id: document.source.resourceId,
      type: textOf(document.type),
      content_type: contentType,
      title: document.title,
      date: document.date,
    })),
    document_texts: documents.map(({ text }) => text),
  }
}

function toPatient({ patient, coverages }: ClinicalBundle): Readonly<Record<string, unknown>> {
  return {
    id: patient.source.resourceId,
    name: [...patient.givenNames, patient.familyName]
      .filter((name) => name !== undefined)
      .join(' '),
    given_name: patient.givenNames.join(' '),
    family_name: patient.familyName,
    birth_date: patient.birthDate,
    gender: patient.gender,
    member_id: coverages.find((coverage) => coverage.memberId !== undefined)?.memberId,
  }
}

/** The original's format has one code: the first coding with a code, or else only the text. */
function toCode(concept: Concept): Readonly<Record<string, string | undefined>> {
  const coding: Coding = concept.codings.find(({ code }) => code !== undefined) ?? {}
  return {
    code: coding.code ?? '',
    system: coding.system,
    display: coding.display ?? concept.text,
  }
}

function toValue(value: MeasuredValue | undefined): Readonly<Record<string, string | undefined>> {
  switch (value?.kind) {
    case undefined:
      return {}
    case 'quantity':
      return { value: `${value.comparator ?? ''}${value.value}`, unit: value.unit }
    case 'concept':
      return { value: textOf(value.concept) }
    case 'text':
      return { value: value.text }
    case 'boolean':
      return { value: String(value.value) }
    case 'range':
      return { value: `${value.low ?? ''} to ${value.high ?? ''}`, unit: value.unit }
  }
}

function textOf(concept: Concept): string | undefined {
  return concept.text ?? concept.codings.find(({ display }) => display !== undefined)?.display
}

function withText(document: DocumentEntry) {
  const { content } = document
  return content.kind === 'text'
    ? [{ document, contentType: content.contentType, text: content.text }]
    : []
}

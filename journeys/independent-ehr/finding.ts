import { type Answer, outcome, refusal, resourceAnswer } from './answers.ts'
import type { FindAnswer } from './chart-faults.ts'
import { anotherPatientId } from './document-store.ts'
import type { FhirResource } from './fhir-engine.ts'

/** What a search by identifier is answered with where it is not answered honestly. */
export type FoundInstead =
  | { readonly whole: Answer }
  | { readonly entries: readonly object[] }
  | { readonly unchanged: true }

/**
 * @param honest what the engine found by that identifier
 * @param identifier as it was asked for: `system|value`
 */
export function findInstead(
  kind: FindAnswer,
  honest: readonly FhirResource[],
  patientId: string,
  identifier: string,
): FoundInstead {
  const [system = '', value = ''] = identifier.split('|')
  const beside = (decoy: FhirResource) => ({ entries: [decoy, ...honest].map(matchOf) })
  const decoy = (changes: object): FhirResource => ({
    resourceType: 'DocumentReference',
    id: `decoy-${kind}-${patientId}`,
    status: 'current',
    subject: { reference: `Patient/${patientId}` },
    identifier: [{ system, value }],
    content: [{ attachment: { contentType: 'application/pdf', data: 'JVBERi0xLjQK' } }],
    ...changes,
  })
  if (typeof kind === 'number')
    return { whole: refusal(kind, 'processing', 'this search is not possible') }
  switch (kind) {
    case 'ignores_identifier':
      return { unchanged: true }
    case 'outcome_only':
      return { entries: [outcomeEntry()] }
    case 'outcome_beside':
      return { entries: [outcomeEntry(), ...honest.map(matchOf)] }
    case 'provenance':
      return beside({
        resourceType: 'Provenance',
        id: `provenance-${patientId}`,
        target: [{ reference: `Patient/${patientId}` }],
        recorded: '2026-01-02T10:00:00Z',
        agent: [{ who: { display: 'an interface' } }],
      })
    case 'binary':
      return beside({
        resourceType: 'Binary',
        id: `binary-${patientId}`,
        contentType: 'text/plain',
      })
    case 'another_patients':
      return beside(decoy({ subject: { reference: `Patient/${anotherPatientId}` } }))
    case 'without_subject':
      return beside(decoy({ subject: undefined }))
    case 'entered_in_error':
      return beside(decoy({ status: 'entered-in-error' }))
    case 'superseded':
      return beside(decoy({ status: 'superseded' }))
    case 'doc_status_in_error':
      return beside(decoy({ docStatus: 'entered-in-error' }))
    case 'other_system':
      return beside(decoy({ identifier: [{ system: 'urn:oid:1.2.3', value }] }))
    case 'longer_value':
      return beside(decoy({ identifier: [{ system, value: `${value}0` }] }))
    case 'empty':
      return { entries: [] }
    case 'not_a_bundle':
      return { whole: resourceAnswer(200, outcome('information', 'informational', 'nothing')) }
    case 'entry_without_resource':
      return {
        entries: [{ fullUrl: 'urn:uuid:0', search: { mode: 'match' } }, ...honest.map(matchOf)],
      }
    default:
      return kind satisfies never
  }
}

function outcomeEntry(): object {
  return {
    resource: {
      ...outcome('warning', 'not-supported', 'the parameter identifier was not used'),
      id: 'outcome-1',
    },
    search: { mode: 'outcome' },
  }
}

export const matchOf = (resource: object) => ({ resource, search: { mode: 'match' } })

import { z } from 'zod'
import { type Answer, fhirJson, outcome } from '../fhir/answer.ts'
import { type JsonObject, operationOutcome, valuesAt } from '../fhir/resource.ts'
import type { Charts } from '../fhir/resource-store.ts'

/**
 * How a search for an identifier goes wrong. `everything`: the identifier is ignored. `everyone`: the patient
 * and the identifier are ignored. `outcome_entry`: an OperationOutcome entry beside the matches; `outcome_only`:
 * an OperationOutcome instead of the bundle, with 200. `other_patient`: another patient's document with that
 * identifier. `other_type`: a Provenance instead of the document.
 */
export const searchFaultSchema = z.enum([
  'everything',
  'everyone',
  'refused',
  'empty',
  'outcome_entry',
  'outcome_alone',
  'outcome_only',
  'other_patient',
  'other_type',
])

export type SearchFault = z.infer<typeof searchFaultSchema>

/** The query that is executed instead. */
export function faultyQuery(fault: SearchFault, query: URLSearchParams): URLSearchParams {
  const changed = new URLSearchParams(query)
  if (fault !== 'everything') return changed
  changed.delete('identifier')
  return changed
}

/** Alters the answer of a search; `everything` and `everyone` have already changed the query. */
export function faultySearch(
  fault: SearchFault,
  answer: Answer,
  asked: {
    readonly resourceType: string
    readonly query: URLSearchParams
    readonly charts: Charts
  },
): Answer {
  const { resourceType, query, charts } = asked
  const bundle = () => JSON.parse(answer.body.toString()) as JsonObject
  const entriesOf = (entry: readonly JsonObject[]): Answer => ({
    ...answer,
    status: 200,
    body: JSON.stringify({ ...bundle(), total: entry.length, entry }),
  })
  const outcomeEntry = {
    resource: { ...operationOutcome('informational', 'see also'), id: 'outcome-1' },
    search: { mode: 'outcome' },
  }
  const patientId = query.get('patient')?.split('/').at(-1)
  const [system = '', value = ''] = (query.get('identifier') ?? '').split('|')
  switch (fault) {
    case 'everything':
      return answer
    case 'everyone':
      return entriesOf(
        charts.ofType(resourceType).map((stored) => ({
          resource: JSON.parse(stored.text) as JsonObject,
          search: { mode: 'match' },
        })),
      )
    case 'refused':
      return outcome(400, 'invalid', "Unknown search parameter 'identifier'")
    case 'empty':
      return entriesOf([])
    case 'outcome_alone':
      return entriesOf([outcomeEntry])
    case 'outcome_entry':
      return {
        ...answer,
        body: JSON.stringify({
          ...bundle(),
          entry: [...valuesAt(bundle(), 'entry'), outcomeEntry],
        }),
      }
    case 'outcome_only':
      return {
        status: 200,
        body: JSON.stringify(operationOutcome('informational', 'nothing to say')),
        headers: { 'content-type': fhirJson },
      }
    case 'other_patient': {
      const other = charts.ofType('Patient').find((patient) => patient.id !== patientId)
      return entriesOf([
        {
          resource: {
            resourceType,
            id: 'of-another-patient',
            status: 'current',
            identifier: [{ system, value }],
            subject: { reference: `Patient/${other?.id ?? 'someone-else'}` },
          },
          search: { mode: 'match' },
        },
      ])
    }
    case 'other_type':
      return entriesOf([
        {
          resource: {
            resourceType: 'Provenance',
            id: 'provenance-1',
            identifier: [{ system, value }],
          },
          search: { mode: 'match' },
        },
      ])
    default:
      return fault satisfies never
  }
}

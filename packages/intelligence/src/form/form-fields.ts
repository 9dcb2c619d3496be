import {
  type Analysis,
  type Answer,
  type ClinicalBundle,
  type Concept,
  codeSystem,
  type Evidence,
  type FormContent,
  type FormRole,
  type OrderEntry,
} from '@authscript/prior-auth'
import { primaryCoverage } from '../primary-coverage.ts'

/**
 * What goes on the form, from the chart alone: a value that the chart does not have stays absent (invariant 6), and what people
 * sign or attest has no place here (invariant 9). `requestDate` is the day the form is filled, `YYYY-MM-DD`.
 */
export function toFormContent(
  bundle: ClinicalBundle,
  analysis: Analysis,
  requestDate: string,
): FormContent {
  const order = bundle.orders.find(
    (one) => one.source.resourceId === analysis.order.serviceRequestId,
  )
  const coverage = primaryCoverage(bundle, order)
  const provider = bundle.practitioners.find(
    (one) => one.source.resourceId === (order?.requesterId ?? bundle.encounter.practitionerIds[0]),
  )
  const facility = bundle.organizations.find(
    (one) => one.source.resourceId === bundle.encounter.organizationId,
  )
  const diagnoses = diagnosesOf(bundle, order)
  const { patient } = bundle
  const values: Record<FormRole, string | undefined> = {
    'payer.name': coverage?.payerName,
    'payer.plan': coverage?.planName,
    'request.date': requestDate,
    'patient.name': joined([patient.givenNames.join(' '), patient.familyName], ' '),
    'patient.birth_date': patient.birthDate,
    'patient.gender': patient.gender,
    'patient.phone': patient.phone,
    'patient.address': patient.address,
    'member.id': coverage?.memberId,
    'member.group': coverage?.groupNumber,
    'provider.name': provider?.name,
    'provider.npi': provider?.npi,
    'provider.specialty': provider?.specialty,
    'provider.phone': provider?.phone,
    'provider.fax': provider?.fax,
    'facility.name': facility?.name,
    'facility.npi': facility?.npi,
    'facility.phone': facility?.phone,
    'facility.address': facility?.address,
    'service.code': analysis.order.procedureCode,
    'service.description': analysis.order.description,
    'service.start_date': order?.occurrenceStart?.slice(0, 10),
    'service.quantity': order?.quantity,
    'diagnosis.primary_code': diagnoses[0]?.code,
    'diagnosis.primary_description': diagnoses[0]?.description,
    'diagnosis.other_codes': joined(
      diagnoses.slice(1, 7).map((one) => one.code),
      ', ',
    ),
    'clinical.justification': justificationOf(analysis),
  }
  const urgency =
    order?.priority === undefined ? undefined : order.priority === 'routine' ? 'standard' : 'urgent'
  return {
    values: Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
    ),
    ...(urgency === undefined ? {} : { urgency }),
    ...(analysis.outcome === 'assessed'
      ? { policy: { policyId: analysis.policy.policyId, title: analysis.policy.title } }
      : {}),
    criteria:
      analysis.outcome === 'assessed'
        ? analysis.answers.map(({ question, answer, reason, evidence }) => ({
            question,
            answer,
            reason,
            evidence: evidence.map(lineOf),
          }))
        : [],
  }
}

interface Diagnosis {
  readonly code: string
  readonly description: string | undefined
}

/** ICD-10-CM only: the order's own reasons first, then active problems. A SNOMED code is no billable diagnosis. */
function diagnosesOf(bundle: ClinicalBundle, order: OrderEntry | undefined): readonly Diagnosis[] {
  const referenced = bundle.conditions.filter(
    (one) => order?.reasonConditionIds.includes(one.source.resourceId) === true,
  )
  const active = bundle.conditions.filter(
    (one) => one.clinicalStatus === undefined || one.clinicalStatus === 'active',
  )
  const concepts: readonly Concept[] = [
    ...(order?.reasons ?? []),
    ...referenced.map((one) => one.code),
    ...active.map((one) => one.code),
  ]
  const found = new Map<string, Diagnosis>()
  for (const concept of concepts) {
    for (const { system, code, display } of concept.codings) {
      if (system !== codeSystem.icd10cm || code === undefined || found.has(code)) continue
      found.set(code, { code, description: display ?? concept.text })
    }
  }
  return [...found.values()]
}

/** The met answers with what they rest on, as a person would write them. */
function justificationOf(analysis: Analysis): string | undefined {
  if (analysis.outcome !== 'assessed') return undefined
  const met = analysis.answers.filter((one) => one.answer === 'met')
  return joined(met.map(paragraphOf), '\n')
}

function paragraphOf(answer: Answer): string {
  const support = answer.evidence.filter((one) => one.stance === 'supports').slice(0, 3)
  return `${answer.question} Yes: ${support.map(lineOf).join('; ')}.`
}

function lineOf(evidence: Evidence): string {
  const date = evidence.date === undefined ? '' : ` (${evidence.date.slice(0, 10)})`
  const stance = evidence.stance === 'refutes' ? 'against: ' : ''
  return evidence.quote === undefined
    ? `${stance}${evidence.summary}${date}`
    : `${stance}"${evidence.quote.text.replace(/[.;]$/, '')}"${date}`
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  const present = parts.filter((part) => part !== undefined && part !== '')
  return present.length === 0 ? undefined : present.join(separator)
}

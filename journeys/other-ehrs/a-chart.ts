import type { EncounterRef } from '@authscript/prior-auth'
import type { EhrBehaviour } from '../independent-ehr/behaviour.ts'
import type { FhirResource } from '../independent-ehr/fhir-engine.ts'

/** One patient with one encounter of one order, for which a form is drafted. */
export interface Chart {
  readonly ref: EncounterRef
  readonly orderId: string
  readonly resources: readonly FhirResource[]
}

export const practiceId = '195900'

const terminology = 'http://terminology.hl7.org/CodeSystem'
const cpt = 'http://www.ama-assn.org/go/cpt'
const encounterDay = '2026-06-15'

const note = `CHIEF COMPLAINT
Low back pain with pain down the left leg for four months.

HISTORY OF PRESENT ILLNESS
Follow-up of lumbar radiculopathy. Completed 8 weeks of physical therapy without relief. Took naproxen 500 mg twice daily for 10 weeks with minimal improvement.

EXAMINATION
Straight leg raise positive on the left. Decreased sensation over the left L5 dermatome.

ASSESSMENT AND PLAN
Lumbar radiculopathy, failing conservative care. Order MRI lumbar spine without contrast.`

/** The practice's own resources, loaded once per server. */
export const practiceChart: readonly FhirResource[] = [
  {
    resourceType: 'Organization',
    id: `a-1.Practice-${practiceId}`,
    name: 'Willow Creek Clinic',
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1679576722' }],
  },
  { resourceType: 'Organization', id: `a-${practiceId}.Department-1`, name: 'Willow Creek, main' },
  { resourceType: 'Organization', id: 'payer-1', name: 'Northern Plains Health' },
  {
    resourceType: 'Practitioner',
    id: 'practitioner-1',
    name: [{ family: 'Lindqvist', given: ['Maren'] }],
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
  },
]

/** @param number distinguishes charts; ids have the format of the behaviour's server */
export function aChart(behaviour: EhrBehaviour, number: number): Chart {
  const isAthena = behaviour.name === 'athenahealth'
  const patientId = isAthena ? `a-${practiceId}.E-${number}` : `patient-${number}`
  const encounterId = isAthena ? `a-${practiceId}.encounter-${number}` : `encounter-${number}`
  const subject = { reference: `Patient/${patientId}` }
  const encounter = { reference: `Encounter/${encounterId}` }
  const requester = { reference: 'Practitioner/practitioner-1' }
  const orderId = `order-${number}`
  const isByLink = behaviour.documents.content === 'binary_url'
  const data = Buffer.from(note).toString('base64')
  const attachment = {
    contentType: 'text/plain',
    ...(isByLink ? { url: `Binary/note-${number}` } : { data }),
  }
  const observation = (index: number, code: string, value: number, unit: string) => ({
    resourceType: 'Observation',
    id: `observation-${number}-${index}`,
    status: 'final',
    category: [coded(`${terminology}/observation-category`, 'vital-signs')],
    code: coded('http://loinc.org', code),
    subject,
    effectiveDateTime: `2026-06-${10 + index}T09:00:00Z`,
    valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
  })
  const resources: readonly FhirResource[] = [
    {
      resourceType: 'Patient',
      id: patientId,
      name: [{ use: 'official', family: `Testperson${number}`, given: ['Kim'] }],
      gender: 'female',
      birthDate: '1968-03-15',
    },
    {
      resourceType: 'Encounter',
      id: encounterId,
      status: 'in-progress',
      class: { system: `${terminology}/v3-ActCode`, code: 'AMB' },
      subject,
      participant: [{ individual: requester }],
      period: { start: `${encounterDay}T14:00:00Z`, end: `${encounterDay}T14:30:00Z` },
      serviceProvider: {
        reference: `Organization/${isAthena ? `a-${practiceId}.Department-1` : `a-1.Practice-${practiceId}`}`,
      },
    },
    {
      resourceType: 'ServiceRequest',
      id: orderId,
      status: 'active',
      intent: 'order',
      category: [coded('http://snomed.info/sct', '363679005')],
      code: { ...coded(cpt, '72148'), text: 'MRI lumbar spine without contrast' },
      subject,
      encounter,
      requester,
      authoredOn: `${encounterDay}T14:20:00Z`,
      reasonCode: [coded('http://hl7.org/fhir/sid/icd-10-cm', 'M54.16')],
    },
    {
      resourceType: 'Condition',
      id: `condition-${number}`,
      clinicalStatus: coded(`${terminology}/condition-clinical`, 'active'),
      verificationStatus: coded(`${terminology}/condition-ver-status`, 'confirmed'),
      category: [coded(`${terminology}/condition-category`, 'problem-list-item')],
      code: coded('http://hl7.org/fhir/sid/icd-10-cm', 'M54.16'),
      subject,
      recordedDate: '2026-02-10',
    },
    ...['2026-04-10', '2026-04-24', '2026-05-08', '2026-05-22'].map((day, index) => ({
      resourceType: 'Procedure',
      id: `procedure-${number}-${index}`,
      status: 'completed',
      code: coded(cpt, '97110'),
      subject,
      performedDateTime: day,
    })),
    {
      resourceType: 'MedicationRequest',
      id: `medication-${number}`,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: {
        ...coded('http://www.nlm.nih.gov/research/umls/rxnorm', '198013'),
        text: 'naproxen 500 mg tablet',
      },
      subject,
      authoredOn: '2026-03-20',
    },
    observation(0, '8480-6', 132, 'mm[Hg]'),
    observation(1, '39156-5', 27.4, 'kg/m2'),
    observation(2, '8480-6', 128, 'mm[Hg]'),
    {
      resourceType: 'Coverage',
      id: `coverage-${number}`,
      status: 'active',
      beneficiary: subject,
      subscriberId: `NPH${number}`,
      payor: [{ reference: 'Organization/payer-1', display: 'Northern Plains Health' }],
      period: { start: '2026-01-01' },
    },
    {
      resourceType: 'DocumentReference',
      id: `note-${number}`,
      status: 'current',
      docStatus: 'final',
      type: coded('http://loinc.org', '11506-3'),
      category: [
        coded(
          'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
          'clinical-note',
        ),
      ],
      subject,
      date: `${encounterDay}T14:30:00Z`,
      content: [{ attachment }],
      context: { encounter: [encounter], period: { start: `${encounterDay}T14:00:00Z` } },
    },
    ...(isByLink
      ? [{ resourceType: 'Binary', id: `note-${number}`, contentType: 'text/plain', data }]
      : []),
  ]
  return { ref: { practiceId, patientId, encounterId }, orderId, resources }
}

function coded(system: string, code: string) {
  return { coding: [{ system, code }] }
}

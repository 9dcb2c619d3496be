import type { Json, JsonObject, Resource } from '../fhir/resource.ts'

/**
 * A patient of a scenario in short form; `toResources` converts it to FHIR in athenahealth's shape. Days count
 * back from today.
 */
export interface ScenarioPatient {
  readonly practiceId: string
  readonly number: number
  readonly family: string
  readonly given: string
  readonly gender: 'female' | 'male'
  readonly birthDate: string
  readonly payer: 'Prairie Health Plan' | 'Blue Mesa Insurance' | 'Lakeshore Mutual'
  readonly problems: readonly Problem[]
  readonly procedures?: readonly PastProcedure[]
  readonly medications?: readonly Medication[]
  readonly observations?: readonly Measurement[]
  readonly encounters: readonly EncounterSketch[]
}

export interface Problem {
  /** Absent: the problem list has only text, as is common at athenahealth. */
  readonly icd10?: string
  readonly text: string
  readonly daysAgo: number
}

export interface PastProcedure {
  readonly cpt: string
  readonly text: string
  readonly daysAgo: number
}

export interface Medication {
  readonly text: string
  readonly rxnorm?: string
  readonly dosage: string
  readonly daysAgo: number
  /** As a reference to a Medication resource instead of a code. */
  readonly byReference?: boolean
}

export interface Measurement {
  readonly loinc: string
  readonly text: string
  readonly category: 'vital-signs' | 'laboratory'
  readonly value: number
  readonly unit: string
  readonly daysAgo: number
}

export interface EncounterSketch {
  readonly number: number
  readonly scenario: string
  /** What a person should see in the work queue. */
  readonly expectation: string
  readonly daysAgo: number
  readonly reason: string
  readonly note: string
  /** @default 'inline' */
  readonly noteBy?: 'inline' | 'binary'
  readonly orders: readonly Order[]
}

export interface Order {
  readonly number: number
  readonly cpt?: string
  readonly hcpcs?: string
  readonly text: string
  readonly reasons?: readonly { readonly icd10: string; readonly text: string }[]
  readonly priority?: 'routine' | 'urgent'
}

const dayMs = 86_400_000
const cpt = 'http://www.ama-assn.org/go/cpt'
const hcpcs = 'urn:oid:2.16.840.1.113883.6.285'
const icd10 = 'http://hl7.org/fhir/sid/icd-10-cm'
const terminology = 'http://terminology.hl7.org/CodeSystem'

/** Numbers of the national provider register have a check digit; these are invented but pass the check. */
const practitioner = { id: 'practitioner-7', name: 'Dr. Ada Okafor', npi: '1234567893' }

export function patientIdOf(patient: Pick<ScenarioPatient, 'practiceId' | 'number'>): string {
  return `a-${patient.practiceId}.E-${patient.number}`
}

export function encounterIdOf(practiceId: string, sketch: EncounterSketch): string {
  return `a-${practiceId}.encounter-${sketch.number}`
}

/** The department number that the v1 API requires. */
function departmentIdOf(practiceId: string, department: number): string {
  return `a-${practiceId}.Department-${department}`
}

export function practiceResources(practiceId: string): readonly Resource[] {
  const practice: JsonObject = {
    name: practiceId === '195900' ? 'Cedar Hill Spine & Primary Care' : 'Riverbend Family Medicine',
    identifier: [
      {
        system: 'http://hl7.org/fhir/sid/us-npi',
        value: practiceId === '195900' ? '1679576722' : '1245319599',
      },
    ],
    telecom: [
      { system: 'phone', value: '512-555-0148', use: 'work' },
      { system: 'fax', value: '512-555-0149', use: 'work' },
    ],
    address: [
      {
        line: ['2200 Cedar Hill Road', 'Suite 140'],
        city: 'Austin',
        state: 'TX',
        postalCode: '78704',
      },
    ],
  }
  const partOf = { reference: `Organization/a-1.Practice-${practiceId}` }
  return [
    { resourceType: 'Organization', id: `a-1.Practice-${practiceId}`, ...practice },
    ...[1, 2].map((department) => ({
      resourceType: 'Organization',
      id: departmentIdOf(practiceId, department),
      ...practice,
      partOf,
    })),
    {
      resourceType: 'Location',
      id: `a-${practiceId}.Location-1`,
      status: 'active',
      name: String(practice['name']),
      managingOrganization: {
        reference: `Organization/${departmentIdOf(practiceId, 1)}`,
      },
    },
    {
      resourceType: 'Practitioner',
      id: `a-${practiceId}.${practitioner.id}`,
      name: [{ text: practitioner.name, family: 'Okafor', given: ['Ada'], prefix: ['Dr.'] }],
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: practitioner.npi }],
      qualification: [{ code: { text: 'Physical Medicine and Rehabilitation' } }],
      telecom: [
        { system: 'phone', value: '512-555-0150', use: 'work' },
        { system: 'fax', value: '512-555-0151', use: 'work' },
      ],
    },
    ...['Prairie Health Plan', 'Blue Mesa Insurance', 'Lakeshore Mutual'].map((name) => ({
      resourceType: 'Organization',
      id: payerId(practiceId, name),
      name,
      telecom: [{ system: 'phone', value: '800-555-0100', use: 'work' }],
    })),
  ]
}

export function toResources(patient: ScenarioPatient, today: Date): readonly Resource[] {
  const { practiceId } = patient
  const patientId = patientIdOf(patient)
  const subject = { reference: `Patient/${patientId}` }
  const before = (days: number, hour = 9) =>
    new Date(today.getTime() - days * dayMs - ((today.getUTCHours() - hour + 24) % 24) * 3_600_000)
  const day = (days: number) => new Date(today.getTime() - days * dayMs).toISOString().slice(0, 10)
  const extension = [
    {
      url: 'https://fhir.athena.io/StructureDefinition/ah-practice',
      valueReference: { reference: `Organization/a-1.Practice-${practiceId}` },
    },
  ]
  const resources: JsonObject[] = []
  const add = (resource: { readonly [key: string]: Json }) =>
    resources.push({ extension, ...resource })

  add({
    resourceType: 'Patient',
    id: patientId,
    name: [{ use: 'official', family: patient.family, given: [patient.given] }],
    gender: patient.gender,
    birthDate: patient.birthDate,
    telecom: [
      {
        system: 'phone',
        value: `512-555-${String(1000 + (patient.number % 9000)).slice(0, 4)}`,
        use: 'home',
      },
    ],
    address: [
      {
        use: 'home',
        line: [`${patient.number % 900} Juniper Lane`],
        city: 'Austin',
        state: 'TX',
        postalCode: '78745',
      },
    ],
  })
  add({
    resourceType: 'Coverage',
    id: `a-${practiceId}.coverage-${patient.number}`,
    status: 'active',
    subscriberId: `PHP${patient.number}442`,
    beneficiary: subject,
    relationship: { coding: [{ system: `${terminology}/subscriber-relationship`, code: 'self' }] },
    payor: [
      { reference: `Organization/${payerId(practiceId, patient.payer)}`, display: patient.payer },
    ],
    class: [
      {
        type: { coding: [{ system: `${terminology}/coverage-class`, code: 'group' }] },
        value: `GRP-${patient.number % 97}`,
      },
      {
        type: { coding: [{ system: `${terminology}/coverage-class`, code: 'plan' }] },
        value: 'PPO-2',
        name: 'Preferred PPO',
      },
    ],
    period: { start: '2025-01-01' },
    order: 1,
  })
  for (const [index, problem] of patient.problems.entries()) {
    add({
      resourceType: 'Condition',
      id: `a-${practiceId}.problem-${patient.number}${index}`,
      clinicalStatus: { coding: [{ system: `${terminology}/condition-clinical`, code: 'active' }] },
      verificationStatus: {
        coding: [{ system: `${terminology}/condition-ver-status`, code: 'confirmed' }],
      },
      category: [
        { coding: [{ system: `${terminology}/condition-category`, code: 'problem-list-item' }] },
      ],
      code: {
        ...(problem.icd10 === undefined
          ? {}
          : { coding: [{ system: icd10, code: problem.icd10, display: problem.text }] }),
        text: problem.text,
      },
      subject,
      onsetDateTime: day(problem.daysAgo),
      recordedDate: day(problem.daysAgo),
    })
  }
  for (const [index, procedure] of (patient.procedures ?? []).entries()) {
    add({
      resourceType: 'Procedure',
      id: `a-${practiceId}.procedure-${patient.number}${index}`,
      status: 'completed',
      code: {
        coding: [{ system: cpt, code: procedure.cpt, display: procedure.text }],
        text: procedure.text,
      },
      subject,
      performedDateTime: day(procedure.daysAgo),
    })
  }
  for (const [index, medication] of (patient.medications ?? []).entries()) {
    const code = {
      ...(medication.rxnorm === undefined
        ? {}
        : {
            coding: [
              {
                system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
                code: medication.rxnorm,
                display: medication.text,
              },
            ],
          }),
      text: medication.text,
    }
    const medicationId = `a-${practiceId}.medicine-${patient.number}${index}`
    if (medication.byReference === true) add({ resourceType: 'Medication', id: medicationId, code })
    add({
      resourceType: 'MedicationRequest',
      id: `a-${practiceId}.medication-${patient.number}${index}`,
      status: 'active',
      intent: 'order',
      ...(medication.byReference === true
        ? { medicationReference: { reference: `Medication/${medicationId}` } }
        : { medicationCodeableConcept: code }),
      subject,
      authoredOn: day(medication.daysAgo),
      dosageInstruction: [{ text: medication.dosage }],
    })
  }
  if ((patient.medications ?? []).length > 0) {
    add({
      resourceType: 'Provenance',
      id: `a-${practiceId}.provenance-${patient.number}`,
      target: [{ reference: `MedicationRequest/a-${practiceId}.medication-${patient.number}0` }],
      recorded: before(3).toISOString(),
      agent: [{ who: { reference: `Practitioner/a-${practiceId}.${practitioner.id}` } }],
    })
  }
  for (const [index, measurement] of (patient.observations ?? []).entries()) {
    add({
      resourceType: 'Observation',
      id: `a-${practiceId}.result-${patient.number}${index}`,
      status: 'final',
      category: [
        { coding: [{ system: `${terminology}/observation-category`, code: measurement.category }] },
      ],
      code: {
        coding: [
          { system: 'http://loinc.org', code: measurement.loinc, display: measurement.text },
        ],
        text: measurement.text,
      },
      subject,
      effectiveDateTime: before(measurement.daysAgo).toISOString(),
      valueQuantity: { value: measurement.value, unit: measurement.unit },
    })
  }
  for (const sketch of patient.encounters) {
    const encounterId = encounterIdOf(practiceId, sketch)
    const encounter = { reference: `Encounter/${encounterId}` }
    const start = before(sketch.daysAgo)
    add({
      resourceType: 'Encounter',
      id: encounterId,
      status: 'in-progress',
      class: { system: `${terminology}/v3-ActCode`, code: 'AMB' },
      type: [{ text: 'Office visit' }],
      subject,
      participant: [
        { individual: { reference: `Practitioner/a-${practiceId}.${practitioner.id}` } },
      ],
      period: { start: start.toISOString() },
      reasonCode: [{ text: sketch.reason }],
      location: [{ location: { reference: `Location/a-${practiceId}.Location-1` } }],
      serviceProvider: { reference: `Organization/${departmentIdOf(practiceId, 1)}` },
    })
    const data = Buffer.from(sketch.note).toString('base64')
    const binaryId = `a-${practiceId}.note-${sketch.number}`
    if (sketch.noteBy === 'binary')
      add({ resourceType: 'Binary', id: binaryId, contentType: 'text/plain', data })
    add({
      resourceType: 'DocumentReference',
      id: `a-${practiceId}.clinicalnote-${sketch.number}`,
      status: 'current',
      docStatus: 'final',
      type: {
        coding: [{ system: 'http://loinc.org', code: '11506-3', display: 'Progress note' }],
        text: 'Progress note',
      },
      subject,
      date: start.toISOString(),
      content: [
        {
          attachment: {
            contentType: 'text/plain',
            title: 'Visit note',
            ...(sketch.noteBy === 'binary' ? { url: `Binary/${binaryId}` } : { data }),
          },
        },
      ],
      context: { encounter: [encounter] },
    })
    for (const order of sketch.orders) {
      const coding = [
        ...(order.cpt === undefined ? [] : [{ system: cpt, code: order.cpt, display: order.text }]),
        ...(order.hcpcs === undefined
          ? []
          : [{ system: hcpcs, code: order.hcpcs, display: order.text }]),
      ]
      add({
        resourceType: 'ServiceRequest',
        id: `a-${practiceId}.order-${order.number}`,
        status: 'active',
        intent: 'order',
        ...(order.priority === undefined ? {} : { priority: order.priority }),
        code: { ...(coding.length === 0 ? {} : { coding }), text: order.text },
        subject,
        encounter,
        requester: { reference: `Practitioner/a-${practiceId}.${practitioner.id}` },
        authoredOn: start.toISOString(),
        occurrenceDateTime: day(sketch.daysAgo - 10),
        reasonCode: (order.reasons ?? []).map((reason) => ({
          coding: [{ system: icd10, code: reason.icd10, display: reason.text }],
          text: reason.text,
        })),
      })
    }
  }
  return resources as unknown as readonly Resource[]
}

function payerId(practiceId: string, name: string): string {
  return `a-${practiceId}.payer-${name.toLowerCase().replaceAll(' ', '-')}`
}

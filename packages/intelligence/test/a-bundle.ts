import {
  type ClinicalBundle,
  codeSystem,
  type DocumentEntry,
  type ResourceCompleteness,
} from '@authscript/prior-auth'

export const visitDay = '2026-06-15'
export const orderId = 'order-1'

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })
const kinds = [
  'Condition',
  'Procedure',
  'MedicationRequest',
  'DocumentReference',
  'ServiceRequest',
  'Observation',
  'Coverage',
]

export interface ChartSketch {
  readonly note?: string
  readonly code?: string
  readonly diagnoses?: readonly string[]
  /** CPT codes by the days before the visit they were done. */
  readonly procedures?: readonly { readonly code: string; readonly daysAgo: number }[]
  readonly medications?: readonly string[]
  readonly incomplete?: readonly string[]
  readonly documents?: readonly DocumentEntry[]
}

/** A chart as a test tells it; everything was read completely unless it says otherwise. */
export function aBundle(sketch: ChartSketch = {}): ClinicalBundle {
  const {
    note,
    code = '72148',
    diagnoses = ['M54.16'],
    procedures = [],
    medications = [],
    incomplete = [],
  } = sketch
  const completeness: ResourceCompleteness[] = kinds.map((resourceType) => ({
    resourceType,
    outcome: incomplete.includes(resourceType) ? 'failed' : 'complete',
    count: 0,
    strangers: 0,
    malformed: 0,
  }))
  const aNote: DocumentEntry[] =
    note === undefined
      ? []
      : [
          {
            source: source('DocumentReference', 'note-1'),
            type: { codings: [], text: 'Progress note' },
            date: `${visitDay}T10:00:00Z`,
            encounterIds: ['visit-1'],
            content: { kind: 'text', contentType: 'text/plain', text: note },
          },
        ]
  return {
    practiceId: '195900',
    patient: {
      source: source('Patient', 'patient-1'),
      givenNames: ['Ann'],
      familyName: 'Example',
      birthDate: '1970-01-01',
    },
    encounter: {
      source: source('Encounter', 'visit-1'),
      status: 'finished',
      types: [],
      reasons: [],
      periodStart: `${visitDay}T09:00:00Z`,
      practitionerIds: [],
    },
    orders: [
      {
        source: source('ServiceRequest', orderId),
        status: 'active',
        code: {
          codings:
            code === ''
              ? []
              : [
                  {
                    system: /^\d/.test(code) ? codeSystem.cpt : 'urn:oid:2.16.840.1.113883.6.285',
                    code,
                  },
                ],
          text: 'MRI lumbar spine',
        },
        performerIds: [],
        reasons: [],
        reasonConditionIds: [],
        bodySites: [],
        coverageIds: [],
        notes: [],
      },
    ],
    conditions: diagnoses.map((diagnosis, index) => ({
      source: source('Condition', `condition-${index}`),
      code: { codings: [{ system: codeSystem.icd10cm, code: diagnosis }] },
      categories: [],
      clinicalStatus: 'active',
      recordedDate: '2026-05-01',
    })),
    observations: [],
    procedures: procedures.map((procedure, index) => ({
      source: source('Procedure', `procedure-${index}`),
      code: { codings: [{ system: codeSystem.cpt, code: procedure.code }] },
      status: 'completed',
      performedStart: new Date(Date.parse(visitDay) - procedure.daysAgo * 86_400_000)
        .toISOString()
        .slice(0, 10),
      bodySites: [],
      reasons: [],
      notes: [],
    })),
    medications: medications.map((text, index) => ({
      source: source('MedicationRequest', `medication-${index}`),
      medication: { codings: [], text },
      status: 'active',
      authoredOn: '2026-04-15',
    })),
    documents: [...aNote, ...(sketch.documents ?? [])],
    coverages: [],
    practitioners: [],
    organizations: [],
    completeness,
  }
}

import {
  type ClinicalBundle,
  codeSystem,
  type DocumentEntry,
  type ResourceCompleteness,
} from '@authscript/prior-auth'

export const orderId = 'order-1'
export const visitDay = '2026-06-15'

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })

/** A note that tells the rules nothing: most questions stay open. */
export const silentNote = 'Low back pain that goes down the left leg.'

/** A note of the visit unless `daysBefore` says otherwise. */
export function aNote(
  text: string,
  { id = 'doc-77', daysBefore = 0 }: { readonly id?: string; readonly daysBefore?: number } = {},
): DocumentEntry {
  const day = new Date(Date.parse(visitDay) - daysBefore * 86_400_000).toISOString().slice(0, 10)
  return {
    source: source('DocumentReference', id),
    type: { codings: [], text: 'Progress note' },
    date: `${day}T10:00:00Z`,
    encounterIds: daysBefore === 0 ? ['visit-1'] : [],
    content: { kind: 'text', contentType: 'text/plain', text },
  }
}

/** An order for a lumbar MRI, a fitting diagnosis, and the notes given; everything could be read unless `unread` names it. */
export function aChart(
  sketch: {
    readonly notes?: readonly DocumentEntry[]
    readonly code?: string
    readonly unread?: readonly string[]
  } = {},
): ClinicalBundle {
  const { notes = [aNote(silentNote)], code = '72148', unread = [] } = sketch
  const completeness: ResourceCompleteness[] = [
    'Condition',
    'Procedure',
    'MedicationRequest',
    'DocumentReference',
    'ServiceRequest',
    'Observation',
    'Coverage',
  ].map((resourceType) => ({
    resourceType,
    outcome: unread.includes(resourceType) ? 'failed' : 'complete',
    count: 0,
    strangers: 0,
    malformed: 0,
  }))
  return {
    practiceId: '195900',
    patient: {
      source: source('Patient', 'a-195900.E-60178'),
      givenNames: ['Annabel'],
      familyName: 'Quillfeather',
      birthDate: '1970-01-31',
      phone: '617-555-0142',
      address: '12 Larkspur Lane, Boston, MA',
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
          codings: code === '' ? [] : [{ system: codeSystem.cpt, code }],
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
    conditions: [
      {
        source: source('Condition', 'condition-1'),
        code: {
          codings: [
            { system: codeSystem.icd10cm, code: 'M54.16', display: 'Radiculopathy, lumbar region' },
          ],
        },
        categories: [],
        clinicalStatus: 'active',
        recordedDate: '2026-05-01',
      },
    ],
    observations: [
      {
        source: source('Observation', 'observation-1'),
        code: { codings: [{ system: codeSystem.loinc, code: '72514-3' }], text: 'Pain severity' },
        categories: [],
        value: { kind: 'quantity', value: 7, unit: '{score}' },
        components: [],
      },
    ],
    procedures: [],
    medications: [],
    documents: notes,
    coverages: [
      { source: source('Coverage', 'coverage-1'), memberId: 'XQZ884411', groupNumber: 'GRP-9021' },
    ],
    practitioners: [],
    organizations: [],
    completeness,
  }
}

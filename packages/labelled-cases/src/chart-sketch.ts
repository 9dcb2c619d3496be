import { type ClinicalBundle, type Concept, codeSystem } from '@authscript/prior-auth'

export const encounterDay = '2026-06-15'
export const orderId = 'order-1'

type System = keyof typeof codeSystem

interface Coded {
  readonly code?: string
  readonly system?: System
  /** Display of the code, or the whole entry if there is no code. */
  readonly text?: string
  /** Days before the encounter. */
  readonly daysAgo?: number
}

/** A chart in short form. Everything was read completely unless `incomplete` says otherwise. */
export interface ChartSketch {
  /** CPT, or HCPCS if it begins with a letter. */
  readonly order?: {
    readonly code?: string
    readonly text?: string
    readonly bodySite?: string
    /** ICD-10-CM. */
    readonly reasons?: readonly string[]
    readonly priority?: 'routine' | 'urgent' | 'asap' | 'stat'
  }
  readonly patient?: { readonly birthDate?: string; readonly gender?: 'male' | 'female' }
  /** The encounter's own note. */
  readonly note?: string
  readonly olderNotes?: readonly { readonly text: string; readonly daysAgo: number }[]
  /** Problem list; ICD-10-CM unless `system` says otherwise. */
  readonly conditions?: readonly (Coded & {
    readonly status?: 'active' | 'resolved' | 'inactive'
    readonly verification?: 'confirmed' | 'provisional' | 'refuted' | 'entered-in-error'
  })[]
  /** LOINC unless `system` says otherwise. */
  readonly observations?: readonly (Coded & {
    readonly value?: number
    readonly unit?: string
    readonly says?: string
  })[]
  /** CPT, or HCPCS if it begins with a letter, unless `system` says otherwise. */
  readonly procedures?: readonly (Coded & {
    readonly bodySite?: string
    readonly status?: 'completed' | 'in-progress' | 'not-done' | 'preparation'
  })[]
  /** Only text, as athenahealth sends it, or RxNorm. */
  readonly medications?: readonly (Coded & {
    readonly status?: 'active' | 'completed' | 'stopped' | 'cancelled' | 'draft'
  })[]
  readonly payer?: { readonly name: string; readonly plan?: string }
  /** Resource types that could not be read. */
  readonly incomplete?: readonly string[]
}

const dayMs = 86_400_000
const kinds = [
  'Condition',
  'Procedure',
  'MedicationRequest',
  'DocumentReference',
  'ServiceRequest',
  'Observation',
  'Coverage',
]
const source = (resourceType: string, resourceId: string) => ({
  resourceType,
  resourceId,
  versionId: '1',
})

/** The day this many days before the encounter, `YYYY-MM-DD`. */
export function dayBefore(daysAgo: number): string {
  return new Date(Date.parse(encounterDay) - daysAgo * dayMs).toISOString().slice(0, 10)
}

export function toBundle(sketch: ChartSketch): ClinicalBundle {
  const { order = {}, patient = {}, incomplete = [] } = sketch
  const notes = [
    ...(sketch.note === undefined ? [] : [{ text: sketch.note, daysAgo: 0 }]),
    ...(sketch.olderNotes ?? []),
  ]
  return {
    practiceId: '195900',
    patient: {
      source: source('Patient', 'patient-1'),
      givenNames: ['Ann'],
      familyName: 'Example',
      birthDate: patient.birthDate ?? '1970-01-01',
      ...(patient.gender === undefined ? {} : { gender: patient.gender }),
    },
    encounter: {
      source: source('Encounter', 'visit-1'),
      status: 'finished',
      classCode: 'AMB',
      types: [],
      reasons: [],
      periodStart: `${encounterDay}T09:00:00Z`,
      practitionerIds: [],
    },
    orders: [
      {
        source: source('ServiceRequest', orderId),
        status: 'active',
        code: conceptOf({ code: order.code, text: order.text }, 'cpt'),
        performerIds: [],
        reasons: (order.reasons ?? []).map((code) => conceptOf({ code }, 'icd10cm')),
        reasonConditionIds: [],
        bodySites: order.bodySite === undefined ? [] : [{ codings: [], text: order.bodySite }],
        coverageIds: [],
        notes: [],
        authoredOn: encounterDay,
        encounterId: 'visit-1',
        ...(order.priority === undefined ? {} : { priority: order.priority }),
      },
    ],
    conditions: (sketch.conditions ?? []).map((one, index) => ({
      source: source('Condition', `condition-${index + 1}`),
      code: conceptOf(one, 'icd10cm'),
      categories: ['problem-list-item'],
      clinicalStatus: one.status ?? 'active',
      verificationStatus: one.verification ?? 'confirmed',
      recordedDate: dayBefore(one.daysAgo ?? 30),
    })),
    observations: (sketch.observations ?? []).map((one, index) => ({
      source: source('Observation', `observation-${index + 1}`),
      code: conceptOf(one, 'loinc'),
      categories: ['laboratory'],
      status: 'final',
      effectiveDate: dayBefore(one.daysAgo ?? 0),
      ...(one.value === undefined
        ? one.says === undefined
          ? {}
          : { value: { kind: 'text' as const, text: one.says } }
        : {
            value: {
              kind: 'quantity' as const,
              value: one.value,
              ...(one.unit === undefined ? {} : { unit: one.unit, unitCode: one.unit }),
            },
          }),
      components: [],
    })),
    procedures: (sketch.procedures ?? []).map((one, index) => ({
      source: source('Procedure', `procedure-${index + 1}`),
      code: conceptOf(one, 'cpt'),
      status: one.status ?? 'completed',
      performedStart: dayBefore(one.daysAgo ?? 0),
      bodySites: one.bodySite === undefined ? [] : [{ codings: [], text: one.bodySite }],
      reasons: [],
      notes: [],
    })),
    medications: (sketch.medications ?? []).map((one, index) => ({
      source: source('MedicationRequest', `medication-${index + 1}`),
      medication: conceptOf(one, 'rxnorm'),
      status: one.status ?? 'active',
      intent: 'order',
      authoredOn: dayBefore(one.daysAgo ?? 60),
    })),
    documents: notes.map(({ text, daysAgo }, index) => ({
      source: source('DocumentReference', `note-${index + 1}`),
      type: { codings: [], text: 'Progress note' },
      status: 'current',
      date: `${dayBefore(daysAgo)}T10:00:00Z`,
      encounterIds: daysAgo === 0 ? ['visit-1'] : [],
      content: { kind: 'text', contentType: 'text/plain', text },
    })),
    coverages:
      sketch.payer === undefined
        ? []
        : [
            {
              source: source('Coverage', 'coverage-1'),
              status: 'active',
              payerName: sketch.payer.name,
              ...(sketch.payer.plan === undefined ? {} : { planName: sketch.payer.plan }),
            },
          ],
    practitioners: [],
    organizations: [],
    completeness: kinds.map((resourceType) => ({
      resourceType,
      outcome: incomplete.includes(resourceType) ? 'failed' : 'complete',
      count: 0,
      strangers: 0,
      malformed: 0,
    })),
  }
}

function conceptOf(
  {
    code,
    text,
    system,
  }: { readonly [Key in 'code' | 'text']?: string | undefined } & {
    readonly system?: System
  },
  usual: System,
): Concept {
  const letters = usual === 'cpt' && /^[A-Z]/.test(code ?? '') ? 'hcpcs' : usual
  return {
    codings:
      code === undefined
        ? []
        : [
            {
              system: codeSystem[system ?? letters],
              code,
              ...(text === undefined ? {} : { display: text }),
            },
          ],
    ...(text === undefined ? {} : { text }),
  }
}

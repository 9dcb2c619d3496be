import type { SearchPlan, SearchPlans, SearchQuery, SearchStrategy } from './search-plan.ts'

/** A required search. */
export const query = (parameters: SearchQuery['parameters'] = {}): SearchQuery => ({ parameters })
export const optional = (parameters: SearchQuery['parameters'] = {}): SearchQuery => ({
  parameters,
  isOptional: true,
})

/** US Core's required categories, and those of FHIR's value set that a server may not know. */
const observationCategories = {
  required: ['laboratory', 'vital-signs', 'social-history', 'survey'],
  known: ['exam', 'imaging', 'procedure', 'therapy', 'activity'],
}
const conditionCategories = ['problem-list-item', 'encounter-diagnosis', 'health-concern']
/** SNOMED CT and US Core categories of ServiceRequest, as US Core lists them. */
const orderCategories = {
  required: ['387713003', '103693007', '363679005', '108252007'],
  known: ['410606002', '409063005', '409073007', 'sdoh', 'functional-status'],
}
/** v2-0074 and LOINC categories of DiagnosticReport. */
const reportCategories = {
  required: ['LAB', 'LP29684-5', 'LP29708-2', 'LP7839-6'],
  known: ['RAD', 'CUS', 'EC', 'NRS'],
}

function byCategory(
  categories: { readonly required: readonly string[]; readonly known: readonly string[] },
  more: SearchQuery['parameters'] = {},
): SearchStrategy {
  return {
    dividedBy: 'category',
    queries: [
      ...categories.required.map((category) => query({ category, ...more })),
      // In one request, because separate requests would count against the server's limits if it accepts no list of values.
      ...(categories.known.length === 0
        ? []
        : [optional({ category: categories.known.join(','), ...more })]),
    ],
  }
}

const since = 'ge{since}'
const byPatient: SearchStrategy = { queries: [query()] }
const byPatientAndDate: SearchStrategy = { queries: [query({ date: since })] }

/**
 * The first strategies only use combinations that US Core requires of every server, so that a server that accepts no others works.
 *
 * @see https://hl7.org/fhir/us/core/CapabilityStatement-us-core-server.html - US Core 3.1.1 to 8.0.0, required search combinations
 */
export const usCoreSearches: SearchPlans = {
  ServiceRequest: { history: [byPatient, byCategory(orderCategories)], windowed: [] },
  Condition: {
    history: [byPatient, byCategory({ required: conditionCategories, known: [] })],
    windowed: [],
  },
  Observation: {
    history: [byCategory(observationCategories), byPatient],
    windowed: [byCategory(observationCategories, { date: since }), byPatientAndDate],
    whenEmpty: { queries: [optional()] },
  },
  Procedure: { history: [byPatient], windowed: [byPatientAndDate] },
  MedicationRequest: {
    history: [
      {
        dividedBy: 'intent',
        queries: [
          query({ intent: 'order' }),
          optional({ intent: 'plan,original-order,reflex-order,filler-order,instance-order' }),
        ],
      },
      byPatient,
    ],
    windowed: [
      { queries: [query({ intent: 'order', authoredon: since })] },
      { queries: [query({ authoredon: since })] },
    ],
  },
  DocumentReference: {
    history: [
      { dividedBy: 'category', queries: [query({ category: 'clinical-note' })] },
      byPatient,
    ],
    windowed: [{ queries: [query({ category: 'clinical-note', date: since })] }, byPatientAndDate],
    whenEmpty: byPatient,
  },
  DiagnosticReport: {
    history: [byPatient, byCategory(reportCategories)],
    windowed: [byCategory(reportCategories, { date: since }), byPatientAndDate],
  },
  DeviceRequest: { history: [byPatient], windowed: [] },
  Coverage: { history: [byPatient], windowed: [] },
}

/** For servers that also accept a search by patient alone: also finds resources outside of the categories. */
export const withUncategorized = (plans: SearchPlans): SearchPlans => ({
  ...plans,
  Observation: withPlainSearch(plans.Observation),
  DocumentReference: withPlainSearch(plans.DocumentReference),
  MedicationRequest: withPlainSearch(plans.MedicationRequest),
})

function withPlainSearch(plan: SearchPlan): SearchPlan {
  const [first, ...others] = plan.history
  if (first === undefined) return plan
  return { ...plan, history: [{ ...first, queries: [...first.queries, optional()] }, ...others] }
}

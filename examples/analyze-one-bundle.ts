import { analyze, policies } from '@authscript/intelligence'
import { clinicalBundle } from '@authscript/prior-auth'

/** Analyzes one order of a chart, without a gateway. */

const source = (resourceType: string, resourceId: string) => ({ resourceType, resourceId })
const bundle = clinicalBundle.parse({
  practiceId: '195900',
  patient: { source: source('Patient', 'p'), givenNames: [] },
  encounter: {
    source: source('Encounter', 'v'),
    status: 'finished',
    types: [],
    reasons: [],
    periodStart: '2026-06-15',
    practitionerIds: [],
  },
  orders: [
    {
      source: source('ServiceRequest', 'order'),
      status: 'active',
      code: { codings: [{ system: 'http://www.ama-assn.org/go/cpt', code: '72148' }] },
      performerIds: [],
      reasons: [],
      reasonConditionIds: [],
      bodySites: [],
      coverageIds: [],
      notes: [],
    },
  ],
  conditions: [],
  observations: [],
  procedures: [],
  medications: [],
  documents: [],
  coverages: [],
  practitioners: [],
  organizations: [],
  completeness: [],
})
const analysis = analyze(bundle, 'order')
console.log(`${policies.length} policies; this order: ${analysis.recommendation}`)
if (analysis.outcome === 'assessed')
  for (const fact of analysis.missing) console.log(`missing: ${fact}`)

import type { ClinicalBundle, Evidence, ResourceSource } from '@authscript/prior-auth'

/** Re-reads a pointer: the resource is in the chart, and a quote stands at its offsets, letter for letter. */
export function isVerified(evidence: Evidence, bundle: ClinicalBundle): boolean {
  const { quote, source } = evidence
  if (quote === undefined)
    return sourcesOf(bundle, source.resourceType).some(
      (one) => one.resourceId === source.resourceId,
    )
  const document = bundle.documents.find((one) => one.source.resourceId === source.resourceId)
  return (
    document?.content.kind === 'text' &&
    document.content.text.slice(quote.start, quote.end) === quote.text &&
    quote.text !== ''
  )
}

function sourcesOf(bundle: ClinicalBundle, resourceType: string): readonly ResourceSource[] {
  const lists: Readonly<Record<string, readonly { readonly source: ResourceSource }[]>> = {
    Condition: bundle.conditions,
    Procedure: bundle.procedures,
    MedicationRequest: bundle.medications,
    Observation: bundle.observations,
    ServiceRequest: bundle.orders,
    DocumentReference: bundle.documents,
  }
  return (lists[resourceType] ?? []).map((entry) => entry.source)
}

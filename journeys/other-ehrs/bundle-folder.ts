import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EncounterRef } from '@authscript/prior-auth'
import type { FhirResource } from '../independent-ehr/fhir-engine.ts'
import type { IndependentEhr } from '../independent-ehr/independent-ehr.ts'
import { practiceId } from './a-chart.ts'

interface Entry {
  readonly fullUrl?: string
  readonly resource?: FhirResource
}

/** Loads every bundle of a folder into the EHR; resolves with their encounters. */
export async function loadBundles(
  ehr: IndependentEhr,
  folder: string,
): Promise<readonly EncounterRef[]> {
  const refs: EncounterRef[] = []
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const resources = resourcesOf(readFileSync(join(folder, file), 'utf8'))
    await ehr.load(resources)
    refs.push(...resources.flatMap(encounterOf))
  }
  return refs
}

/** `../shared/data` beside the repository, with third-party synthetic patients; undefined if it does not exist. */
export function sharedData(): string | undefined {
  const folder = join(import.meta.dirname, '../../../shared/data')
  return existsSync(folder) ? folder : undefined
}

/** A transaction names its entries by `urn:uuid:`; a server gives them ids, and so do these references. */
function resourcesOf(text: string): readonly FhirResource[] {
  const { entry = [] } = JSON.parse(text) as { readonly entry?: readonly Entry[] }
  const typeOf = new Map(
    entry.flatMap(({ fullUrl, resource }) =>
      fullUrl === undefined || resource === undefined
        ? []
        : [[fullUrl, `${resource.resourceType}/${resource.id}`] as const],
    ),
  )
  const resolved = text.replaceAll(/"reference":\s*"([^"]+)"/g, (whole, reference: string) =>
    typeOf.has(reference) ? `"reference":"${typeOf.get(reference)}"` : whole,
  )
  const { entry: entries = [] } = JSON.parse(resolved) as { readonly entry?: readonly Entry[] }
  return entries.flatMap(({ resource }) =>
    resource === undefined || typeof resource.id !== 'string' ? [] : [resource],
  )
}

function encounterOf(resource: FhirResource): readonly EncounterRef[] {
  if (resource.resourceType !== 'Encounter') return []
  const { reference = '' } = (resource['subject'] ?? {}) as { readonly reference?: string }
  const patientId = /(?:^|\/)Patient\/([^/]+)$/.exec(reference)?.[1]
  return patientId === undefined ? [] : [{ practiceId, patientId, encounterId: resource.id }]
}

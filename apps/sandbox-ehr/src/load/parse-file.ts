import { isObject, type Json, type JsonObject } from '../fhir/resource.ts'

/** Why a file is not served, for the report. */
export class NotFhir extends Error {
  override readonly name = 'NotFhir'
}

const maxDepth = 100
const resourceTypeShape = /^[A-Z][A-Za-z]{2,63}$/

/** A resource of a file, with the URL that references in its bundle use. */
export interface LoadedResource {
  readonly fullUrl: string | undefined
  readonly resource: JsonObject & { readonly resourceType: string }
}

/** @throws {NotFhir} with a reason; other files are not affected */
export function parseFile(text: string, isLines: boolean): readonly LoadedResource[] {
  const bare = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (!isLines) return foundIn(parseJson(bare))
  return bare
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => foundIn(parseJson(line)))
}

function parseJson(text: string): Json {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    throw new NotFhir('not JSON, or cut off')
  }
  refuseDeep(value)
  return value
}

/** Iterative, because recursion would overflow on exactly these files. */
function refuseDeep(value: Json): void {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) throw new NotFhir(`nested deeper than ${maxDepth} levels`)
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
  }
}

function foundIn(value: Json): readonly LoadedResource[] {
  if (!isObject(value)) throw new NotFhir('not an object')
  if (typeof value['resourceType'] !== 'string' || !resourceTypeShape.test(value['resourceType'])) {
    throw new NotFhir('has no resourceType')
  }
  if (value['resourceType'] !== 'Bundle')
    return [{ fullUrl: undefined, resource: value as LoadedResource['resource'] }]
  const entries = value['entry']
  if (entries === undefined) return []
  if (!Array.isArray(entries)) throw new NotFhir('its entry is not a list')
  return (entries as readonly Json[]).flatMap((entry) => {
    const resource = isObject(entry) ? entry['resource'] : undefined
    if (!isObject(resource) || typeof resource['resourceType'] !== 'string') return []
    if (resource['resourceType'] === 'Bundle') return foundIn(resource)
    const fullUrl =
      isObject(entry) && typeof entry['fullUrl'] === 'string' ? entry['fullUrl'] : undefined
    return [{ fullUrl, resource: resource as LoadedResource['resource'] }]
  })
}

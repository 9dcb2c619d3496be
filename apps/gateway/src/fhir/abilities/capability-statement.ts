import type { JsonObject } from '../client/limits.ts'
import { objectsAt, textAt, textsAt } from '../to-clinical-bundle/fields.ts'

/** What a server says of itself at `/metadata`. */
export interface CapabilityStatement {
  readonly fhirVersion: string | undefined
  /** Name and version of its software, as it gives them. */
  readonly software: string | undefined
  /** By resource type; a type that is not in it is not served, as the server says. */
  readonly resources: ReadonlyMap<string, ResourceCapability>
}

export interface ResourceCapability {
  /** FHIR's codes: `read`, `search-type`, `create`. Empty where the server leaves them out, as some do. */
  readonly interactions: ReadonlySet<string>
  readonly searchParameters: ReadonlySet<string>
}

/** A statement without a server part, or without resources, tells nothing of what is served. */
export function toCapabilityStatement(resource: JsonObject): CapabilityStatement | undefined {
  if (resource['resourceType'] !== 'CapabilityStatement') return undefined
  const server = objectsAt(resource, 'rest').find((rest) => textAt(rest, 'mode') !== 'client')
  const resources = server === undefined ? [] : objectsAt(server, 'resource')
  const name = textAt(resource, 'software.name')
  const version = textAt(resource, 'software.version')
  return {
    fhirVersion: textAt(resource, 'fhirVersion'),
    software: name === undefined ? undefined : [name, version].filter(Boolean).join(' '),
    resources: new Map(
      resources.flatMap((one) => {
        const type = textAt(one, 'type')
        if (type === undefined) return []
        const capability = {
          interactions: new Set(textsAt(one, 'interaction.code')),
          searchParameters: new Set(textsAt(one, 'searchParam.name')),
        }
        return [[type, capability] as const]
      }),
    ),
  }
}

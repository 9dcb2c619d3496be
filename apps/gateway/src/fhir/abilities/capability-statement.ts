import type { JsonObject } from '../client/parse-resource.ts'
import { objectsAt, textAt, textsAt } from '../to-clinical-bundle/fields.ts'

/** The parts of a server's CapabilityStatement (`/metadata`) that the gateway uses. */
export interface CapabilityStatement {
  readonly fhirVersion: string | undefined
  /** Name and version of the server software, as the server states them. */
  readonly software: string | undefined
  /** By resource type. The server does not serve a type that is missing here. */
  readonly resources: ReadonlyMap<string, ResourceCapability>
}

export interface ResourceCapability {
  /** FHIR's codes: `read`, `search-type`, `create`. Empty if the server does not list them; some do not. */
  readonly interactions: ReadonlySet<string>
  readonly searchParameters: ReadonlySet<string>
}

/** `resources` is empty if the statement has no server part or lists no resources. Undefined: not a CapabilityStatement. */
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

import { signInConfiguration } from '../launch/discovery.ts'
import type { Mode } from '../modes/mode.ts'
import type { JsonObject } from './resource.ts'
import { acceptedCombinations, isKnown } from './search.ts'
import { searchParameters, servedTypes } from './search-parameters.ts'

const combinationUrl =
  'http://hl7.org/fhir/StructureDefinition/capabilitystatement-search-parameter-combination'

/** What this mode supports: types, interactions, search parameters and their combinations. */
export function capabilityStatement(mode: Mode, baseUrl: string): JsonObject {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-01-01',
    kind: 'instance',
    software: { name: `sandbox EHR as ${mode.title}` },
    implementation: { description: mode.title, url: `${baseUrl}/fhir/r4` },
    fhirVersion: '4.0.1',
    format: ['json'],
    rest: [
      {
        mode: 'server',
        security: {
          extension: [
            {
              url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
              extension: [
                { url: 'authorize', valueUri: `${baseUrl}/oauth2/v1/authorize` },
                { url: 'token', valueUri: `${baseUrl}/oauth2/v1/token` },
              ],
            },
          ],
          service: [
            {
              coding: [
                {
                  system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                  code: 'SMART-on-FHIR',
                },
              ],
            },
          ],
        },
        resource: [...servedTypes].map((type) => resourceOf(mode, type)),
      },
    ],
  }
}

function resourceOf(mode: Mode, type: string): JsonObject {
  const parameters = Object.entries(searchParameters[type] ?? {}).filter(([name]) =>
    isKnown(mode, type, name),
  )
  const creates = type === 'DocumentReference' && !mode.switches.readOnlyFhir
  return {
    type,
    extension: acceptedCombinations(mode, type)
      .filter((combination) => combination.includes('+') && !combination.includes('*'))
      .map((combination) => ({
        url: combinationUrl,
        extension: combination.split('+').map((name) => ({
          url: name.endsWith('?') ? 'optional' : 'required',
          valueString: name.replace('?', ''),
        })),
      })),
    interaction: ['read', 'search-type', ...(creates ? ['create'] : [])].map((code) => ({ code })),
    searchParam: [
      { name: '_id', type: 'token' },
      ...parameters.map(([name, { kind }]) => ({ name, type: kind })),
    ],
  }
}

/** @see https://hl7.org/fhir/smart-app-launch/conformance.html */
export function smartConfiguration(mode: Mode, baseUrl: string): JsonObject {
  const { methods, allowsWildcards } = mode.token
  const isAsymmetric = methods.includes('private_key_jwt')
  const types = allowsWildcards ? ['*'] : [...servedTypes]
  const { scopes, capabilities, ...signIn } = signInConfiguration(baseUrl)
  return {
    issuer: baseUrl,
    token_endpoint: `${baseUrl}/oauth2/v1/token`,
    ...signIn,
    grant_types_supported: ['client_credentials', 'authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: methods,
    ...(isAsymmetric
      ? { token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'] }
      : {}),
    scopes_supported: [
      ...scopes,
      ...types.map((type) => `system/${type}.rs`),
      ...(mode.switches.readOnlyFhir ? [] : ['system/DocumentReference.crs']),
      ...(mode.hasV1Api ? ['athena/service/Athenanet.MDP.*'] : []),
    ],
    capabilities: [
      ...capabilities,
      'permission-v2',
      ...(methods.some((method) => method !== 'private_key_jwt')
        ? ['client-confidential-symmetric']
        : []),
      ...(isAsymmetric ? ['client-confidential-asymmetric'] : []),
    ],
  }
}

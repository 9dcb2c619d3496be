import type { JsonObject } from '../fhir/resource.ts'
import type { Mode } from '../modes/mode.ts'
import { launchScopes } from './launch-scopes.ts'

/** What the SMART configuration says about sign-in, in addition to what it says about backend services. */
export function signInConfiguration(baseUrl: string) {
  return {
    authorization_endpoint: `${baseUrl}/oauth2/v1/authorize`,
    jwks_uri: `${baseUrl}/oauth2/v1/keys`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    scopes: launchScopes,
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'sso-openid-connect',
      'context-banner',
      'context-style',
      'context-ehr-patient',
      'context-ehr-encounter',
      'context-standalone-patient',
      'context-standalone-encounter',
      'permission-offline',
      'permission-online',
    ],
  } as const
}

/** @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export function openIdConfiguration(mode: Mode, baseUrl: string): JsonObject {
  const { authorization_endpoint, jwks_uri, response_types_supported } =
    signInConfiguration(baseUrl)
  return {
    issuer: baseUrl,
    authorization_endpoint,
    token_endpoint: `${baseUrl}/oauth2/v1/token`,
    jwks_uri,
    response_types_supported,
    code_challenge_methods_supported: ['S256'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: mode.token.methods,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: launchScopes,
    claims_supported: ['iss', 'sub', 'aud', 'exp', 'iat', 'nonce', 'fhirUser', 'name'],
  }
}

import type { SearchPlans } from './search-plan.ts'
import type { DocumentContent } from '../documents/document-settings.ts'

/** Everything that differs between EHRs, as data. Other code reads it from here. */
export interface EhrProfile {
  readonly name: EhrProfileName
  /** Name for display in documents, logs and the dashboard. */
  readonly title: string
  /** A query parameter that every request must carry; `{practiceId}` in `value` is replaced. */
  readonly practiceParameter?: { readonly name: string; readonly value: string }
  readonly searches: SearchPlans
  readonly token: TokenProfile
  readonly wire: WireProfile
  readonly documents: DocumentsProfile
  /** How ids and claims name a practice, if one address serves several: by the first capture group. */
  readonly practiceNames?: { readonly inIds: RegExp; readonly inClaims: RegExp }
  /** The protocol of messages between the EHR's page and an app in its frame; absent: none. */
  readonly frameMessages?: 'athenahealth'
}

export const ehrProfileNames = [
  'athenahealth',
  'epic',
  'oracle-health',
  'medplum',
  'hapi',
  'azure',
  'us-core',
] as const

export type EhrProfileName = (typeof ehrProfileNames)[number]

export const clientAuthentications = [
  'client_secret_post',
  'client_secret_basic',
  'private_key_jwt',
] as const

export type ClientAuthentication = (typeof clientAuthentications)[number]

/** How the client authenticates at the token endpoint. */
export interface TokenProfile {
  readonly authentication: ClientAuthentication
}

/** The HTTP details of this server. */
export interface WireProfile {
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
  /** `_count` of every search; undefined if the server refuses it or its default is good. */
  readonly pageSize?: number
  /** The response header with the server's request limit, and its window in seconds; undefined if the server does not send one. */
  readonly rateHeader?: { readonly limit: string; readonly windowSeconds: number }
}

/** How approved forms are written to the chart. */
export interface DocumentsProfile {
  /** `fhir`: DocumentReference create. `athena_v1`: athenahealth's own API, because its FHIR API is read-only. */
  readonly writer: 'fhir' | 'athena_v1'
  /** The metadata that this EHR requires of a DocumentReference; everything else follows US Core. */
  readonly content?: Partial<DocumentContent>
  /** Whether the server finds a DocumentReference by a client's identifier; undefined: unknown, and not relied on. */
  readonly searchableByIdentifier?: boolean
}

import type { SearchPlans } from './search-plan.ts'
import type { DocumentContent } from '../documents/document-settings.ts'

/** What one kind of EHR server is like, as data: everything that differs between EHRs and that code elsewhere reads from here. */
export interface EhrProfile {
  readonly name: EhrProfileName
  /** For people: documents, logs and the screen. */
  readonly title: string
  /** A query parameter that every request must carry; `{practiceId}` in `value` is replaced. */
  readonly practiceParameter?: { readonly name: string; readonly value: string }
  readonly searches: SearchPlans
  readonly token: TokenProfile
  readonly wire: WireProfile
  readonly documents: DocumentsProfile
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

/** How the token endpoint wants to be asked. */
export interface TokenProfile {
  readonly authentication: ClientAuthentication
}

/** What is particular about this server's HTTP. */
export interface WireProfile {
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
  /** `_count` of every search; unset where the server refuses it or its own default serves. */
  readonly pageSize?: number
  /** The header in which the server says how many requests it takes, and in how many seconds; unset where it says nothing of it. */
  readonly rateHeader?: { readonly limit: string; readonly windowSeconds: number }
}

/** How an approved form gets into the chart. */
export interface DocumentsProfile {
  /** `fhir`: DocumentReference create. `athena_v1`: athenahealth's own API, because its FHIR API is read-only. */
  readonly writer: 'fhir' | 'athena_v1'
  /** What this EHR wants a DocumentReference to say; the rest is as US Core has it. */
  readonly content?: Partial<DocumentContent>
  /** Whether a DocumentReference is found by a client's identifier; unset: not known, and never relied on. */
  readonly searchableByIdentifier?: boolean
}

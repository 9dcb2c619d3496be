/** A code of a system, or only text. */
export interface DocumentConcept {
  readonly system?: string
  readonly code?: string
  readonly display?: string
  readonly text?: string
}

/** The metadata of a DocumentReference that the gateway writes. */
export interface DocumentContent {
  readonly title: string
  readonly type: DocumentConcept
  readonly categories: readonly DocumentConcept[]
  readonly docStatus?: 'preliminary' | 'final'
  readonly format?: DocumentConcept
  /** References: `Practitioner/123`, `Organization/1`. */
  readonly author?: string
  readonly custodian?: string
  /** Whether the encounter's time goes into `context.period`. */
  readonly needsPeriod: boolean
}

export const athenaDocumentClasses = ['admin', 'clinicaldocument', 'documents'] as const

export type AthenaDocumentClass = (typeof athenaDocumentClasses)[number]

export interface AthenaDocumentSettings {
  /** Up to and including `/v1/`. */
  readonly baseUrl: string
  readonly documentClass: AthenaDocumentClass
  readonly subclass: string
  /** Closes the document immediately, so that it does not appear in athenaOne's inbox. */
  readonly autoClose: boolean
  readonly priority?: '1' | '2'
  /** Used instead of the encounter's department. */
  readonly departmentId?: string
}

/** How approved forms are written to the chart: the profile's defaults, overridden by the configuration. */
export interface DocumentSettings {
  readonly writer: 'fhir' | 'athena_v1'
  readonly content: DocumentContent
  /** Whether the server is known to support searching by identifier; undefined: unknown. */
  readonly searchableByIdentifier?: boolean
  readonly athena: AthenaDocumentSettings
}

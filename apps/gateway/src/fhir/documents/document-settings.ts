/** A code of a system, or words alone. */
export interface DocumentConcept {
  readonly system?: string
  readonly code?: string
  readonly display?: string
  readonly text?: string
}

/** What a DocumentReference of ours says besides the form. */
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
  /** Up to and with `/v1/`. */
  readonly baseUrl: string
  readonly documentClass: AthenaDocumentClass
  readonly subclass: string
  /** Closes the document at once, so that nobody has to look at it in athenaOne's inbox. */
  readonly autoClose: boolean
  readonly priority?: '1' | '2'
  /** Instead of the encounter's. */
  readonly departmentId?: string
}

/** How approved forms get into the chart: the profile's way, with the settings over it. */
export interface DocumentSettings {
  readonly writer: 'fhir' | 'athena_v1'
  readonly content: DocumentContent
  /** Known of the server: false when it does not search by identifiers, true when it does. */
  readonly searchableByIdentifier?: boolean
  readonly athena: AthenaDocumentSettings
}

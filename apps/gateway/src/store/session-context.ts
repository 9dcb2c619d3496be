/** What came with a sign-in and is valid as long as its session. */
export type SessionContext =
  /** An EHR opened us from a chart. */
  | {
      readonly kind: 'launch'
      readonly fhirBaseUrl: string
      readonly practiceId: string
      readonly patientId: string | null
    }
  /** An identity provider signed the person in. */
  | {
      readonly kind: 'provider'
      readonly issuer: string
      readonly subject: string
      /** The provider's session; null: it has not named it. */
      readonly sid: string | null
    }

/** What a sign-in brought with it. It is valid as long as its session. */
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
      /** The provider's own session id; null if the provider did not send one. */
      readonly sid: string | null
    }

import type { FhirRequest } from '../client/fhir-request.ts'

/** One 2xx answer of the EHR; any other status is an error. */
export interface EhrAnswer {
  readonly status: number
  readonly contentType: string
  readonly location: string | undefined
  readonly contentLocation: string | undefined
  readonly body: Buffer
}

export interface EhrExchange {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly accept?: string
  readonly contentType?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Called when the request is sent. If it was not called, nothing was sent. */
  readonly onSent?: () => void
}

/** The part of the client that the document writers use: one request through its budget, breaker, token and limits. */
export interface EhrHttp {
  /** A URL under the FHIR base, with the practice parameter of the profile. */
  url(path: string, query: Readonly<Record<string, string>>, practiceId: string | undefined): URL
  exchange(exchange: EhrExchange, request: FhirRequest): Promise<EhrAnswer>
}

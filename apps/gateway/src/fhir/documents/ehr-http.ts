import type { FhirRequest } from '../client/fhir-client.ts'

/** One answer of the EHR with a status of 2xx; every other is an error. */
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
  /** Called as the request goes out: what fails before was never sent. */
  readonly onSent?: () => void
}

/** What the writers need of the client: one request through its budget, breaker, token and limits. */
export interface EhrHttp {
  /** A URL under the FHIR base, with the parameter that the profile puts on every request. */
  url(path: string, query: Readonly<Record<string, string>>, practiceId: string | undefined): URL
  exchange(exchange: EhrExchange, request: FhirRequest): Promise<EhrAnswer>
}

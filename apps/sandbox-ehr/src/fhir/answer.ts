import { operationOutcome } from './resource.ts'

export const fhirJson = 'application/fhir+json; charset=utf-8'

export interface Answer {
  readonly status: number
  readonly body: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export function outcome(
  status: number,
  code: string,
  diagnostics: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    body: JSON.stringify(operationOutcome(code, diagnostics)),
    headers: { 'content-type': fhirJson, ...headers },
  }
}

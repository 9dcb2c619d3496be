import type { FhirResource } from './fhir-engine.ts'

/** The HTTP answer; `cut`: how the connection ends instead. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
  readonly cut?: 'reset' | 'stall'
}

const fhirJson = 'application/fhir+json; charset=utf-8'

export function resourceAnswer(
  status: number,
  resource: object,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'content-type': fhirJson, ...headers },
    body: JSON.stringify(resource),
  }
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  }
}

export function emptyAnswer(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: '' }
}

export type Severity = 'information' | 'warning' | 'error' | 'fatal'

export function outcome(severity: Severity, code: string, text: string): object {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity, code, details: { text }, diagnostics: text }],
  }
}

export function refusal(status: number, code: string, text: string): Answer {
  return resourceAnswer(status, outcome('error', code, text))
}

/** The id behind a reference of any shape to this type. */
export function idIn(reference: unknown, type: string): string | undefined {
  return typeof reference === 'string'
    ? new RegExp(`(?:^|/)${type}/([^/]+)`).exec(reference)?.[1]
    : undefined
}

export function subjectOf(
  resource: Pick<FhirResource, 'resourceType'> & object,
): string | undefined {
  const { subject } = resource as { readonly subject?: { readonly reference?: unknown } }
  return idIn(subject?.reference, 'Patient')
}

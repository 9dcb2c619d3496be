import { isObject, type Json, type JsonObject } from '../parse-resource.ts'

/** One issue of an OperationOutcome: codes only, because its texts may name patients. */
export interface OutcomeIssue {
  readonly severity: string
  readonly code: string
  /** `system|code` of each coding in `details`. */
  readonly detailCodes: readonly string[]
}

const maxIssues = 20
const maxCodings = 5
/** Systems are URIs and codes contain no spaces, so names and sentences do not match. */
const codeShape = /^[\w.:/#~|%+-]{1,200}$/

/** Empty for any other resource. Values that are not codes are left out. */
export function issuesOf(resource: Json): readonly OutcomeIssue[] {
  if (!isObject(resource) || resource['resourceType'] !== 'OperationOutcome') return []
  return objectsIn(resource['issue'])
    .slice(0, maxIssues)
    .map((issue) => ({
      severity: codeIn(issue['severity']) ?? 'error',
      code: codeIn(issue['code']) ?? 'unknown',
      detailCodes: codingsIn(issue['details']),
    }))
}

/** The EHR's error codes, each once, for the log and for dead letters. */
export function reasonCodesOf(issues: readonly OutcomeIssue[]): readonly string[] {
  return [...new Set(issues.flatMap(({ code, detailCodes }) => [code, ...detailCodes]))]
}

/** The text of an OperationOutcome. It may name a patient: never put it into a log, a message or an event. */
export function outcomeTextOf(resource: Json): string {
  if (!isObject(resource) || resource['resourceType'] !== 'OperationOutcome') return ''
  return objectsIn(resource['issue'])
    .slice(0, maxIssues)
    .flatMap((issue) => {
      const { diagnostics, details } = issue
      return [diagnostics, isObject(details) ? details['text'] : undefined]
    })
    .filter((text) => typeof text === 'string')
    .join('; ')
}

function codingsIn(details: Json): readonly string[] {
  if (!isObject(details)) return []
  return objectsIn(details['coding'])
    .slice(0, maxCodings)
    .flatMap((coding) => {
      const code = codeIn(coding['code'])
      const system = codeIn(coding['system'])
      if (code === undefined) return []
      return [system === undefined ? code : `${system}|${code}`]
    })
}

function codeIn(value: Json): string | undefined {
  return typeof value === 'string' && codeShape.test(value) ? value : undefined
}

function objectsIn(value: Json): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : []
}

import type { JsonLimits } from '../client/body/json-scan.ts'
import { type Json, parseJson as parseWithin } from '../client/limits.ts'

/** JSON of any shape, within the limits; an empty body is undefined. @throws {EhrMalformedError} {EhrTooLargeError} */
export function parseJson(body: Buffer, limits: JsonLimits, what: string): Json {
  if (body.toString('utf8').trim() === '') return undefined
  return parseWithin(body, { contentType: undefined, limits, what }).value
}

/** Undefined for whatever is not JSON: where the status alone already says something. */
export function parseJsonIfAny(body: Buffer, limits: JsonLimits, what: string): Json {
  try {
    return parseJson(body, limits, what)
  } catch {
    return undefined
  }
}

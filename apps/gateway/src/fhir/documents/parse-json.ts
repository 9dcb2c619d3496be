import type { JsonLimits } from '../client/body/json-scan.ts'
import { type Json, parseJson as parseWithin } from '../client/parse-resource.ts'

/** Parses JSON of any shape, within the limits; undefined for an empty body. @throws {EhrMalformedError} {EhrTooLargeError} */
export function parseJson(body: Buffer, limits: JsonLimits, what: string): Json {
  if (body.toString('utf8').trim() === '') return undefined
  return parseWithin(body, { contentType: undefined, limits, what }).value
}

/** Undefined for anything that is not JSON: for answers whose status is already meaningful. */
export function parseJsonIfAny(body: Buffer, limits: JsonLimits, what: string): Json {
  try {
    return parseJson(body, limits, what)
  } catch {
    return undefined
  }
}

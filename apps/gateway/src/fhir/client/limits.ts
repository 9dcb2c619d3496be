import { EhrMalformedError, EhrTooLargeError } from '../fhir-errors.ts'

/** FHIR as it comes over the wire: nothing is known of its shape. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** Collects a body while counting; past the limit nothing more is read. */
export async function readBody(
  body: AsyncIterable<Buffer>,
  maxBytes: number,
  what: string,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) {
      throw new EhrTooLargeError(`${what}: more than ${maxBytes} bytes (Ehr__Limits__MaxBodyBytes)`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/** @throws {EhrMalformedError} {EhrTooLargeError} */
export function parseResource(
  body: Buffer,
  maxDepth: number,
  what: string,
): JsonObject & { readonly resourceType: string } {
  let value: Json
  try {
    const text = body.toString('utf8')
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as Json
  } catch (cause) {
    // The parser's own message quotes the text.
    throw new EhrMalformedError(`${what}: the EHR's answer is not JSON, or cut off`, {
      cause: nameOf(cause),
    })
  }
  refuseDeep(value, maxDepth, what)
  if (!isObject(value) || typeof value['resourceType'] !== 'string') {
    throw new EhrMalformedError(`${what}: the EHR's answer is no FHIR resource`)
  }
  return value as JsonObject & { readonly resourceType: string }
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Level by level: anything recursive overflows its stack on what this refuses. */
function refuseDeep(value: Json, maxDepth: number, what: string): void {
  let level: Json[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth)
      throw new EhrTooLargeError(
        `${what}: nested deeper than ${maxDepth} levels (Ehr__Limits__MaxDepth)`,
      )
    const next: Json[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      for (const inner of Object.values(one))
        if (typeof inner === 'object' && inner !== null) next.push(inner)
    }
    level = next
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause
}

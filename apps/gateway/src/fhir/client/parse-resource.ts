import { bothNames } from '../../config/both-names.ts'
import { EhrMalformedError, EhrTooLargeError } from '../fhir-errors.ts'
import { type JsonLimits, scanJson } from './body/json-scan.ts'
import { toUtf8 } from './body/json-text.ts'

/** FHIR as received; its shape is unknown. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

export type Resource = JsonObject & { readonly resourceType: string }

export interface ParsedResource {
  readonly resource: Resource
  /** Number of objects, lists and values in it. */
  readonly nodes: number
}

export interface ParseOptions {
  readonly contentType: string | undefined
  readonly limits: JsonLimits
  readonly what: string
}

/**
 * If an object has a key twice, the last value wins, as with `JSON.parse`. NUL and lone surrogates, which databases do not accept, are
 * replaced by U+FFFD. Keys named `__proto__` are dropped.
 *
 * @throws {EhrTooLargeError} {EhrMalformedError}
 */
export function parseResource(body: Buffer, options: ParseOptions): ParsedResource {
  const { value, nodes } = parseJson(body, options)
  if (!isObject(value) || typeof value['resourceType'] !== 'string') {
    throw new EhrMalformedError(`${options.what}: the EHR's answer is not a FHIR resource`)
  }
  return { resource: value as Resource, nodes }
}

/** @throws {EhrTooLargeError} {EhrMalformedError} */
export function parseJson(
  body: Buffer,
  { contentType, limits, what }: ParseOptions,
): { readonly value: Json; readonly nodes: number } {
  const bytes = toUtf8(body, contentType)
  const scan = scanJson(bytes, limits)
  if (scan.outcome === 'too_deep') {
    throw new EhrTooLargeError(
      `${what}: nested deeper than ${limits.maxDepth} levels (${bothNames('Ehr.Limits.MaxDepth')})`,
    )
  }
  if (scan.outcome === 'too_many_nodes') {
    throw new EhrTooLargeError(
      `${what}: more than ${limits.maxNodes} values (${bothNames('Ehr.Limits.MaxNodes')})`,
    )
  }
  if (bytes.length === 0) {
    throw new EhrMalformedError(`${what}: the EHR's answer is empty`)
  }
  const text = bytes.toString('utf8')
  try {
    const value = JSON.parse(text) as Json
    // NUL and lone surrogates can only come from escapes: unescaped, NUL is not valid JSON and a lone surrogate not valid UTF-8.
    if (text.includes('\\u') || text.includes('__proto__')) replaceUnsafeText(value)
    return { value, nodes: scan.nodes }
  } catch (cause) {
    // The parser's own message quotes the text.
    throw new EhrMalformedError(`${what}: the EHR's answer is not JSON, or is truncated`, {
      cause: nameOf(cause),
    })
  }
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Container = Record<string, Json>

/** Changes the freshly parsed value in place; nothing else holds it. Uses its own stack, because recursion could overflow. */
function replaceUnsafeText(root: Json): void {
  const pending: Container[] = []
  const enqueue = (value: Json) => {
    // Includes lists: their keys are their indexes.
    if (typeof value === 'object' && value !== null) pending.push(value as Container)
  }
  enqueue(root)
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    for (const key of Object.keys(container)) {
      const value = container[key]
      const cleanKey = cleanText(key)
      const cleanValue = typeof value === 'string' ? cleanText(value) : value
      if (key === '__proto__' || cleanKey !== key) delete container[key]
      if (key !== '__proto__' && (cleanKey !== key || cleanValue !== value))
        container[cleanKey] = cleanValue
      if (key !== '__proto__') enqueue(value)
    }
  }
}

function cleanText(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : typeof cause
}

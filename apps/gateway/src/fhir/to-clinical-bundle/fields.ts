import {
  canonicalSystem,
  type Coding,
  type Concept,
  type MeasuredValue,
  type ResourceSource,
} from '@authscript/prior-auth'
import { isObject, type Json, type JsonObject } from '../client/parse-resource.ts'

/** Lenient access to FHIR fields: a field of the wrong shape is treated as absent, never as an error. */

const maxTextLength = 100_000

/** A chart is asked for thousands of values, at a few hundred paths that are all written in our code. */
const keysByPath = new Map<string, readonly string[]>()

function keysOf(path: string): readonly string[] {
  let keys = keysByPath.get(path)
  if (keys === undefined) keysByPath.set(path, (keys = path.split('.')))
  return keys
}

/** Every value at `path`, flattening lists. The path is a constant of our code, never part of an answer. */
export function valuesAt(value: Json, path: string): readonly Json[] {
  const found: Json[] = []
  collectValues(value, keysOf(path), 0, found)
  return found
}

function collectValues(value: Json, keys: readonly string[], depth: number, found: Json[]): void {
  const key = keys[depth]
  if (key === undefined) {
    found.push(value)
    return
  }
  if (!isObject(value) || !Object.hasOwn(value, key)) return
  const inner = value[key]
  if (inner === undefined || inner === null) return
  if (Array.isArray(inner))
    for (const item of inner as readonly Json[]) collectValues(item, keys, depth + 1, found)
  else collectValues(inner, keys, depth + 1, found)
}

export function objectsAt(value: Json, path: string): readonly JsonObject[] {
  return valuesAt(value, path).filter(isObject)
}

export function textsAt(value: Json, path: string): readonly string[] {
  return valuesAt(value, path).flatMap((one) => textOf(one) ?? [])
}

export function textAt(value: Json, ...paths: readonly string[]): string | undefined {
  for (const path of paths)
    for (const found of valuesAt(value, path)) {
      const text = textOf(found)
      if (text !== undefined) return text
    }
  return undefined
}

function textOf(value: Json): string | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text.slice(0, maxTextLength)
}

const dateShape =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?)?)?$/

/** A FHIR date, unchanged. An invalid date is dropped. */
export function dateAt(value: Json, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(value, path)
    if (text !== undefined && isRealDate(text)) return text
  }
  return undefined
}

function isRealDate(text: string): boolean {
  const [, year, month, day] = dateShape.exec(text) ?? []
  if (year === undefined || Number(year) < 1850 || Number(year) > 2200) return false
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return false
  if (day !== undefined && !isDayOfMonth(Number(year), Number(month), Number(day))) return false
  return text.length <= 10 || !Number.isNaN(Date.parse(text))
}

function isDayOfMonth(year: number, month: number, day: number): boolean {
  if (day <= 28) return day >= 1
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

export function conceptOf(value: Json): Concept {
  const text = textAt(value, 'text')
  return {
    codings: objectsAt(value, 'coding').flatMap((coding) => {
      const found = codingOf(coding)
      return Object.keys(found).length > 0 ? [found] : []
    }),
    ...(text === undefined ? {} : { text }),
  }
}

export function conceptsAt(value: Json, path: string): Concept[] {
  return objectsAt(value, path).map((one) => conceptOf(one))
}

export function codingsAt(value: Json, path: string): Coding[] {
  return objectsAt(value, `${path}.coding`).map(codingOf)
}

function codingOf(value: JsonObject): Coding {
  const system = textAt(value, 'system')
  return present({
    system: system === undefined ? undefined : canonicalSystem(system),
    code: textAt(value, 'code'),
    display: textAt(value, 'display'),
  })
}

/** The codes of the concepts at `path`: `category`, `clinicalStatus`. */
export function codesAt(value: Json, path: string): string[] {
  const coded = textsAt(value, `${path}.coding.code`)
  return coded.length > 0 ? [...coded] : [...textsAt(value, `${path}.text`)]
}

/**
 * The id in `Patient/123` or a versioned reference; undefined for any other. An absolute reference is always to another server, because
 * `withLocalReferences` has already made our own relative.
 */
export function referencedId(
  reference: string | undefined,
  resourceType: string,
): string | undefined {
  return new RegExp(`^/?${resourceType}/([A-Za-z0-9\\-._]+)(?:/_history/[^/]+)?$`).exec(
    reference ?? '',
  )?.[1]
}

export function referencesAt(value: Json, path: string, resourceType: string): string[] {
  return textsAt(value, `${path}.reference`).flatMap(
    (reference) => referencedId(reference, resourceType) ?? [],
  )
}

export function sourceOf(resource: JsonObject): ResourceSource {
  return {
    resourceType: String(resource['resourceType']),
    resourceId: String(resource['id']),
    ...present({
      versionId: textAt(resource, 'meta.versionId'),
      lastUpdated: dateAt(resource, 'meta.lastUpdated'),
    }),
  }
}

/** `value[x]` of an Observation or a component. */
export function measuredValueOf(value: JsonObject): MeasuredValue | undefined {
  const [quantity] = objectsAt(value, 'valueQuantity')
  if (
    quantity !== undefined &&
    typeof quantity['value'] === 'number' &&
    Number.isFinite(quantity['value'])
  ) {
    const comparator = (['<', '<=', '>=', '>', 'ad'] as const).find(
      (one) => one === quantity['comparator'],
    )
    return {
      kind: 'quantity',
      value: quantity['value'],
      ...present({
        unit: textAt(quantity, 'unit'),
        unitCode: ucumCodeOf(quantity),
        comparator,
      }),
    }
  }
  const [coded] = objectsAt(value, 'valueCodeableConcept')
  if (coded !== undefined) return { kind: 'concept', concept: conceptOf(coded) }
  const text = textAt(value, 'valueString')
  if (text !== undefined) return { kind: 'text', text }
  if (typeof value['valueBoolean'] === 'boolean')
    return { kind: 'boolean', value: value['valueBoolean'] }
  if (typeof value['valueInteger'] === 'number')
    return { kind: 'quantity', value: value['valueInteger'] }
  const [range] = objectsAt(value, 'valueRange')
  if (range === undefined) return undefined
  return {
    kind: 'range',
    ...present({
      low: numberAt(range, 'low.value'),
      high: numberAt(range, 'high.value'),
      unit: textAt(range, 'low.unit', 'high.unit'),
    }),
  }
}

/** The unit code, if it is UCUM: a local code may look like a UCUM code and mean something else. */
function ucumCodeOf(quantity: JsonObject): string | undefined {
  const system = textAt(quantity, 'system')
  const isUcum =
    system === undefined || /unitsofmeasure\.org|2\.16\.840\.1\.113883\.6\.8$/i.test(system)
  return isUcum ? textAt(quantity, 'code') : undefined
}

export function numberAt(value: Json, path: string): number | undefined {
  const [found] = valuesAt(value, path)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** Removes the fields that are undefined. */
export function present<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as never
}

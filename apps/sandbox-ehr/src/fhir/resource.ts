/** Unvalidated FHIR: no shape is assumed, because hostile files are served too. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

export type Resource = JsonObject & { readonly resourceType: string; readonly id: string }

/** All values at `path`, through lists: `valuesAt(resource, 'code.coding.code')`. Wrong shapes give none. */
export function valuesAt(value: Json, path: string): readonly Json[] {
  let found: readonly Json[] = [value]
  for (const key of path.split('.')) {
    found = found.flatMap((one) => {
      const inner = isObject(one) ? one[key] : undefined
      return Array.isArray(inner)
        ? (inner as readonly Json[])
        : inner === undefined || inner === null
          ? []
          : [inner]
    })
  }
  return found
}

export function stringsAt(value: Json, path: string): readonly string[] {
  return valuesAt(value, path).filter((one) => typeof one === 'string')
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The id in `Patient/123` or `https://host/Patient/123/_history/2`; undefined for other types, fragments and
 * invalid references.
 */
export function referencedId(reference: string, resourceType: string): string | undefined {
  return new RegExp(`(?:^|/)${resourceType}/([A-Za-z0-9\\-._]+)(?:/_history/[^/]+)?$`).exec(
    reference,
  )?.[1]
}

export function operationOutcome(code: string, diagnostics: string): JsonObject {
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code, diagnostics, details: { text: diagnostics } }],
  }
}

import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type FieldMap, fieldMap } from '../map/field-map.ts'
import { type FormRules, formRules, noRules } from '../map/form-rules.ts'

/** A map as it is stored: a field map, with the boxes that keep what the blank form says. */
export const storedMap = z.looseObject({
  form: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), role: z.string().nullable() })),
  arrivesFilled: z.array(z.string()).default([]),
})

export type StoredMap = z.infer<typeof storedMap>

export interface MapAndRules {
  readonly map: FieldMap
  readonly rules: FormRules
}

const shippedRules = new URL('../templates/rules/', import.meta.url)

/** The map as the loader takes it, with the shipped rules for a form of this name; or the faults. */
export async function readStoredMap(
  stored: unknown,
): Promise<MapAndRules | { readonly faults: readonly string[] }> {
  const kept = storedMap.safeParse(stored)
  if (!kept.success) return { faults: ['the stored map is not one that this release can read'] }
  const { form, fields, arrivesFilled } = kept.data
  if (!fields.some(({ role }) => role !== null)) return { faults: ['no box has a role yet'] }
  const map = fieldMap.safeParse({ form, complete: false, fields })
  if (!map.success) {
    const faults = map.error.issues.map(
      ({ path, message }) => `${placeOf(path, fields)}: ${message}`,
    )
    return { faults }
  }
  const rules = await rulesOf(form)
  return {
    map: map.data,
    rules: { ...rules, arrivesFilled: [...new Set([...rules.arrivesFilled, ...arrivesFilled])] },
  }
}

/** The rules that come with the gateway for a form of this name, if there are any. */
export async function rulesOf(form: string): Promise<FormRules> {
  const file = new URL(`${encodeURIComponent(form)}.json`, shippedRules)
  try {
    return formRules.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return noRules
    throw error
  }
}

function placeOf(path: readonly PropertyKey[], fields: readonly { readonly name: string }[]) {
  const [where, index, ...rest] = path
  const field = where === 'fields' && typeof index === 'number' ? fields[index] : undefined
  return field === undefined
    ? path.map(String).join('.')
    : `field "${field.name}" ${rest.map(String).join('.')}`
}

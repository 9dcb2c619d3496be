import { readFile } from 'node:fs/promises'
import { type FormBox, noPayerFormRules, payerFormRules } from '@authscript/prior-auth'
import { z } from 'zod'
import { type FieldMap, fieldMap } from '../map/field-map.ts'
import { type FormRules, formRules, noRules } from '../map/form-rules.ts'
import { formRulesFrom } from './stored-rules.ts'

/** A map as it is stored: a field map, with the boxes that keep what the blank form says, and the rules that the operator wrote. */
export const storedMap = z.looseObject({
  form: z.string(),
  fields: z.array(z.looseObject({ name: z.string(), role: z.string().nullable() })),
  arrivesFilled: z.array(z.string()).default([]),
  rules: payerFormRules.default(noPayerFormRules),
})

export type StoredMap = z.infer<typeof storedMap>

export interface MapAndRules {
  readonly map: FieldMap
  readonly rules: FormRules
}

const shippedRules = new URL('../templates/rules/', import.meta.url)

/** The map of a form that was uploaded just now. Signature boxes are always left to a person, so the operator need not be asked. */
export function firstMap(form: string, boxes: readonly FormBox[]): StoredMap {
  const fields = boxes
    .filter(({ kind, name }) => kind === 'signature' || /signature/i.test(name))
    .map(({ name }) => ({ name, role: 'attestation' }))
  return { form, fields, arrivesFilled: [], rules: noPayerFormRules }
}

/** The map as the loader takes it, with its rules and the shipped ones for a form of this name; or the faults. */
export async function readStoredMap(
  stored: unknown,
): Promise<MapAndRules | { readonly faults: readonly string[] }> {
  const kept = storedMap.safeParse(stored)
  if (!kept.success) return { faults: ['the stored map is not one that this release can read'] }
  const { form, fields, arrivesFilled } = kept.data
  if (!fields.some(({ role }) => role !== null)) return { faults: ['no box has a role yet'] }
  const map = fieldMap.safeParse({ form, complete: false, fields })
  const faults = map.success
    ? []
    : map.error.issues.map(({ path, message }) => `${placeOf(path, fields)}: ${message}`)
  const own = formRulesFrom(kept.data.rules)
  faults.push(...own.faults)
  if (!map.success || faults.length > 0) return { faults }
  const shipped = await rulesOf(form)
  return { map: map.data, rules: together(shipped, { ...own.rules, arrivesFilled }) }
}

/** Both apply; if they exclude each other, the operator's rule applies. */
function together(shipped: FormRules, own: Partial<FormRules>): FormRules {
  return {
    ...shipped,
    refuses: [...shipped.refuses, ...(own.refuses ?? [])],
    requires: [...shipped.requires, ...(own.requires ?? [])],
    needs: [...shipped.needs, ...(own.needs ?? [])],
    onlyOneOf: [...shipped.onlyOneOf, ...(own.onlyOneOf ?? [])],
    sameAsRequester: { ...shipped.sameAsRequester, ...own.sameAsRequester },
    arrivesFilled: [...new Set([...shipped.arrivesFilled, ...(own.arrivesFilled ?? [])])],
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

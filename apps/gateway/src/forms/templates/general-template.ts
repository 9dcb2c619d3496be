import { FormTemplateError } from '../form-errors.ts'
import type { FieldMap } from '../map/field-map.ts'
import { noRules } from '../map/form-rules.ts'
import type { FormTemplate } from '../map/form-template.ts'
import { loadTemplate } from '../map/load-template.ts'
import { drawTemplate } from './draw-template.ts'
import { attestation, generalMap } from './general-request.ts'

export const generalName = 'general-request'

let general: Promise<FormTemplate> | undefined

/** Our own form, for payers without one. Drawn once, and checked against its map like any other form. */
export function generalTemplate(): Promise<FormTemplate> {
  general ??= loadGeneral()
  return general
}

async function loadGeneral(): Promise<FormTemplate> {
  const map: FieldMap = {
    form: generalName,
    complete: true,
    fields: [
      ...generalMap(),
      { name: attestation.field, role: 'attestation' },
      { name: attestation.signatureField, role: 'signature' },
      { name: attestation.signatureDateField, role: 'signature.date' },
    ],
  }
  const { template, faults } = await loadTemplate(await drawTemplate(), map, noRules)
  if (template === undefined) throw new FormTemplateError(faults)
  return template
}

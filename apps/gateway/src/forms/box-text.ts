import type { FormContent } from '@authscript/prior-auth'
import type { FieldRole } from './map/field-role.ts'
import type { TemplateField } from './map/form-template.ts'
import { valueKindOf } from './map/value-kind.ts'
import { pieceOf, writingsFor } from './map/writings.ts'
import { type Box, fitText, type Measure } from './paper/fit-text.ts'

/**
 * The text in the form that this box asks for; undefined if the chart's value does not have that form, '' if this box's piece of it is
 * empty.
 */
export function writtenIn(
  box: Box,
  { role, piece, pattern }: TemplateField,
  text: string,
  measure: Measure,
): string | undefined {
  const kind = valueKindOf(role)
  if (piece !== undefined) return pieceOf(text, kind, piece, box.maxLength)
  const ways = writingsFor(text, { kind, pattern, limit: box.maxLength, cells: box.cells })
  const fitting = ways.find((one) => fitText(one, box, measure).rest === '')
  return fitting ?? ways[0] ?? (box.cells === undefined ? text : undefined)
}

/** Whether the box holds a value of one form, or cells for its letters: a reference in its place would be read as the value. */
export function takesNoReference(box: Box, { role, piece }: TemplateField): boolean {
  const kind = valueKindOf(role)
  const isPatterned = kind === 'date' || kind === 'phone' || kind === 'zip' || kind === 'gender'
  return isPatterned || piece !== undefined || box.cells !== undefined
}

/** The value of the choice or answer that a list or several boxes ask for. */
export function chosenValue(
  role: FieldRole,
  { choices, criteria }: FormContent,
): string | undefined {
  if (role.kind === 'choice') return choices[role.choice]
  return role.kind === 'criterion' ? criteria[role.row - 1]?.answer : undefined
}

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The option of a list for a text: the same, or the same number or month (`3`, `03`, `March`). */
export function optionFor(
  options: readonly string[],
  text: string,
  { role, piece }: TemplateField,
): string | undefined {
  const wanted = piece === undefined ? text : pieceOf(text, valueKindOf(role), piece)
  const same = options.find((one) => one === wanted)
  if (same !== undefined || piece === undefined || wanted === undefined) return same
  const month = piece === 'month' ? (monthNames[Number(wanted) - 1] ?? '') : ''
  return options.find(
    (one) =>
      (/^\d+$/.test(one) && Number(one) === Number(wanted)) ||
      (month !== '' && one.slice(0, 3).toLowerCase() === month),
  )
}

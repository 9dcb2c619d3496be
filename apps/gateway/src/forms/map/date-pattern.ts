import { PDFDict, PDFHexString, PDFName, PDFString, type PDFTextField } from '@cantoo/pdf-lib'
import { tooltipOf } from './tooltip.ts'

/** Month, day and year in any order, with or without a separator: `MM/DD/YYYY`, `yyyymmdd`. */
export const datePattern =
  /^(?!.*(?:M[^M]+M|D[^D]+D|Y[^Y]+Y))(?:MM?|DD?|YYYY|YY)([/. -]?)(?:MM?|DD?|YYYY|YY)\1(?:MM?|DD?|YYYY|YY)$/

const written = /\b(?:mm?|dd?|yyyy|yy)([/. -]?)(?:mm?|dd?|yyyy|yy)\1(?:mm?|dd?|yyyy|yy)\b/i

/** The pattern of dates that the form itself names: in the format of the field, or in its tooltip. */
export function datePatternOf(field: PDFTextField): string | undefined {
  const [, format] = /AFDate_\w+\(\s*["']([^"']+)["']/.exec(formatOf(field)) ?? []
  for (const text of [format, tooltipOf(field)]) {
    const [found] = written.exec(text ?? '') ?? []
    const pattern = found?.toUpperCase()
    if (pattern !== undefined && datePattern.test(pattern)) return pattern
  }
  return undefined
}

/** The script by which viewers format the field. */
function formatOf(field: PDFTextField): string {
  const actions = field.acroField.dict.lookup(PDFName.of('AA'))
  const format = actions instanceof PDFDict ? actions.lookup(PDFName.of('F')) : undefined
  const script = format instanceof PDFDict ? format.lookup(PDFName.of('JS')) : undefined
  return script instanceof PDFString || script instanceof PDFHexString ? script.decodeText() : ''
}

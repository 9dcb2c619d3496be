import type { FormContent } from '@authscript/prior-auth'
import { rowCountsOf } from './answers.ts'
import type { FormTemplate } from './map/form-template.ts'

export interface FurtherRows {
  readonly what: string
  readonly count: number
  /** One row in each line. */
  readonly text: string
}

/** Services and diagnoses for which the form has no row. */
export function furtherRowsOf(
  { services, diagnoses }: FormContent,
  template: FormTemplate,
): readonly FurtherRows[] {
  const rowCounts = rowCountsOf(template)
  const beyond = [
    {
      what: 'Further services',
      rows: services
        .slice(rowCounts.services)
        .map(({ code, description, start, end, quantity }) => [
          code,
          description,
          start,
          end,
          quantity === undefined ? undefined : `quantity ${quantity}`,
        ]),
    },
    {
      what: 'Further diagnoses',
      rows: diagnoses
        .slice(rowCounts.diagnoses)
        .map(({ code, description }) => [code, description]),
    },
  ]
  return beyond.flatMap(({ what, rows }) => {
    if (rows.length === 0) return []
    const lines = rows.map((row) => row.filter((one) => one !== undefined).join('  '))
    return [{ what, count: rows.length, text: lines.join('\n') }]
  })
}

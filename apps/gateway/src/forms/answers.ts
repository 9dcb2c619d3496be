import type { AnswerValue, FormContent, FormRole } from '@authscript/prior-auth'
import type { FieldRole } from './map/field-role.ts'
import type { FormTemplate } from './map/form-template.ts'

export const answerWords: Readonly<Record<AnswerValue, string>> = {
  met: 'Yes',
  not_met: 'No',
  unclear: 'Unknown',
}

/** The text for a text box, before it is measured. Undefined leaves the box blank. */
export function textFor(
  role: FieldRole,
  content: FormContent,
  { rules }: FormTemplate,
): string | undefined {
  const { services, diagnoses, criteria } = content
  switch (role.kind) {
    case 'text':
      return valueOf(role.role, content, rules.sameAsRequester)
    case 'row': {
      const service = services[role.row - 1]
      const diagnosis = diagnoses[role.row - 1]
      if (role.part === 'diagnosisCode') return diagnosis?.code
      if (role.part === 'diagnosisText') return diagnosis?.description
      return service?.[role.part]
    }
    case 'whole': {
      const [service] = services
      const parts = {
        from: service?.start,
        to: service?.end,
        procedures: service?.code,
        diagnosisCodes: diagnoses[0]?.code,
      }
      return parts[role.part]
    }
    case 'choice': {
      const value = content.choices[role.choice]
      return value === undefined ? undefined : inWords(value)
    }
    case 'criterion': {
      const criterion = criteria[role.row - 1]
      if (criterion === undefined) return undefined
      return role.part === 'question' ? criterion.question : answerWords[criterion.answer]
    }
    case 'tick':
    case 'answer':
    case 'person':
      return undefined
  }
}

/** `daySurgery` as people write it: `Day surgery`. Modalities are written in capitals. */
function inWords(value: string): string {
  if (/^(?:ct|cta|mri|mra|pet)$/.test(value)) return value.toUpperCase()
  const words = value.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/**
 * If the form has a word for "same as requesting provider", that word is written into the name box, and the other boxes of that provider
 * stay blank.
 */
function valueOf(
  role: FormRole,
  { values, requesterIs }: FormContent,
  same: FormTemplate['rules']['sameAsRequester'],
): string | undefined {
  for (const part of ['servicing', 'pcp'] as const) {
    const word = same[part]
    if (word !== undefined && requesterIs[part] && role.startsWith(`${part}.`))
      return role === `${part}.name` ? word : undefined
  }
  return values[role]
}

/** How many services and diagnoses have rows on the form. */
export function rowCountsOf({ fields, rules }: FormTemplate): {
  readonly services: number
  readonly diagnoses: number
} {
  const rowsOf = (row: string, whole: string) =>
    Math.max(
      0,
      ...fields.map(({ role }) => {
        if (role.kind === 'row' && role.part === row) return role.row
        return role.kind === 'whole' && role.part === whole ? 1 : 0
      }),
    )
  return {
    services: Math.min(
      rowsOf('code', 'procedures'),
      rules.mostServices?.rows ?? Number.POSITIVE_INFINITY,
    ),
    diagnoses: rowsOf('diagnosisCode', 'diagnosisCodes'),
  }
}

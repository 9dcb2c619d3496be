import type { FormContent } from '@authscript/prior-auth'
import type { FieldRole } from './field-role.ts'
import type { FormTemplate } from './form-template.ts'

/** The FormField of a box that a person may fill on the screen; undefined for the others. */
export function formFieldOf(role: FieldRole): string | undefined {
  switch (role.kind) {
    case 'text':
      return `values.${role.role}`
    case 'row':
      return rowField(role.row - 1, role.part)
    case 'whole':
      return wholeFields[role.part]
    case 'tick':
    case 'choice':
      return `choices.${role.choice}`
    case 'criterion':
    case 'answer':
    case 'person':
      return undefined
  }
}

/**
 * What each box of this form is for, by its name in the PDF: the FormField of a box that a person may fill, `criteria.3` where the third
 * question or its answer stands. What people sign is in none.
 */
export function purposesByBox({ fields }: FormTemplate): Readonly<Record<string, string>> {
  return Object.fromEntries(
    fields.flatMap(({ name, role }) => {
      const purpose =
        role.kind === 'criterion' || role.kind === 'answer'
          ? `criteria.${role.row}`
          : formFieldOf(role)
      return purpose === undefined ? [] : [[name, purpose]]
    }),
  )
}

const wholeFields = {
  from: 'services.0.start',
  to: 'services.0.end',
  procedures: 'services.0.code',
  diagnosisCodes: 'diagnoses.0.code',
} as const

function rowField(row: number, part: Extract<FieldRole, { kind: 'row' }>['part']): string {
  if (part === 'diagnosisCode') return `diagnoses.${row}.code`
  return part === 'diagnosisText' ? `diagnoses.${row}.description` : `services.${row}.${part}`
}

/** What this form says, by FormField; a blank box is empty. */
export function valuesByField(
  { fields }: FormTemplate,
  content: FormContent,
): Readonly<Record<string, string>> {
  const boxes = fields.flatMap(({ role }) => formFieldOf(role) ?? [])
  const beyond = (['services', 'diagnoses'] as const).flatMap((kind) =>
    content[kind].flatMap((one, row) => Object.keys(one).map((key) => `${kind}.${row}.${key}`)),
  )
  return Object.fromEntries(
    [...new Set([...boxes, ...beyond])].map((field) => [field, valueOf(field, content)]),
  )
}

function valueOf(field: string, content: FormContent): string {
  const [kind, ...rest] = field.split('.')
  const name = rest.join('.')
  const [row = '', key = ''] = rest
  const found =
    kind === 'services' || kind === 'diagnoses'
      ? recordOf(content[kind][Number(row)] ?? {})[key]
      : recordOf(kind === 'choices' ? content.choices : content.values)[name]
  return found ?? ''
}

function recordOf(fields: object): Readonly<Record<string, string | undefined>> {
  // Rows, choices and values hold texts only.
  return fields as Readonly<Record<string, string | undefined>>
}

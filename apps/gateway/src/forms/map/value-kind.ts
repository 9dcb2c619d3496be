/** Values that forms ask for in a pattern of their own: with or without separators, whole or in pieces. */
export type ValueKind = 'date' | 'phone' | 'zip' | 'state' | 'number' | 'diagnosis' | 'gender'

/** The kind of a FieldRole's value. Undefined: it is written as it is. */
export function valueKindOf(role: {
  readonly kind: string
  readonly role?: string
  readonly part?: string
  readonly choice?: string
}): ValueKind | undefined {
  switch (role.kind) {
    case 'text':
      return kindOfText(role.role ?? '')
    case 'row':
      if (role.part === 'start' || role.part === 'end') return 'date'
      return role.part === 'diagnosisCode' ? 'diagnosis' : undefined
    case 'whole':
      if (role.part === 'from' || role.part === 'to') return 'date'
      return role.part === 'diagnosisCodes' ? 'diagnosis' : undefined
    case 'choice':
      return role.choice === 'patient.gender' ? 'gender' : undefined
    default:
      return undefined
  }
}

function kindOfText(role: string): ValueKind | undefined {
  if (/birthdate$|^submission\.date$/i.test(role)) return 'date'
  if (/(?:phone|fax)$/i.test(role)) return 'phone'
  if (role.endsWith('.zip4')) return 'zip'
  if (role.endsWith('.state')) return 'state'
  return /(?:npi|taxid|taxonomy|memberid|group|previousauth|benefitcode)$/i.test(role)
    ? 'number'
    : undefined
}

import type { FormRole } from '@authscript/prior-auth'

/**
 * Our own one-page request form, as data: US Letter in points, a twelve-column grid, rows from the top down. Fields that only a
 * person may fill have no role: nothing of ours can write them (invariant 9).
 */
export const page = { width: 612, height: 792, margin: 36 } as const

export const title = 'Prior Authorization Request'
export const subtitle =
  'Draft prepared from the chart. Not submitted until a person has reviewed and signed it.'
export const edition = 'AuthScript general request form, edition 2026-11'

export interface Cell {
  readonly label: string
  /** Of twelve columns. */
  readonly columns: number
  readonly role: FormRole
}

export interface Section {
  readonly heading: string
  readonly rows: readonly (readonly Cell[])[]
}

const cell = (label: string, columns: number, role: FormRole): Cell => ({ label, columns, role })

export const sections: readonly Section[] = [
  {
    heading: 'Payer',
    rows: [
      [
        cell('Payer', 5, 'payer.name'),
        cell('Plan', 5, 'payer.plan'),
        cell('Date of request', 2, 'request.date'),
      ],
    ],
  },
  {
    heading: 'Patient and member',
    rows: [
      [
        cell('Patient name', 5, 'patient.name'),
        cell('Date of birth', 2, 'patient.birth_date'),
        cell('Gender', 2, 'patient.gender'),
        cell('Phone', 3, 'patient.phone'),
      ],
      [
        cell('Member ID', 3, 'member.id'),
        cell('Group number', 3, 'member.group'),
        cell('Address', 6, 'patient.address'),
      ],
    ],
  },
  {
    heading: 'Requesting provider and facility',
    rows: [
      [
        cell('Provider', 4, 'provider.name'),
        cell('NPI', 2, 'provider.npi'),
        cell('Specialty', 6, 'provider.specialty'),
      ],
      [
        cell('Phone', 3, 'provider.phone'),
        cell('Fax', 3, 'provider.fax'),
        cell('Facility', 4, 'facility.name'),
        cell('Facility NPI', 2, 'facility.npi'),
      ],
      [
        cell('Facility phone', 3, 'facility.phone'),
        cell('Facility address', 9, 'facility.address'),
      ],
    ],
  },
  {
    heading: 'Service and diagnosis',
    rows: [
      [
        cell('Procedure code', 2, 'service.code'),
        cell('Description', 6, 'service.description'),
        cell('Planned date', 2, 'service.start_date'),
        cell('Quantity', 2, 'service.quantity'),
      ],
      [
        cell('Diagnosis code', 2, 'diagnosis.primary_code'),
        cell('Diagnosis', 6, 'diagnosis.primary_description'),
        cell('Other diagnosis codes', 4, 'diagnosis.other_codes'),
      ],
    ],
  },
]

export const labels: Readonly<Record<FormRole, string>> = {
  ...(Object.fromEntries(
    sections.flatMap((section) => section.rows.flat().map(({ role, label }) => [role, label])),
  ) as Record<FormRole, string>),
  'clinical.justification': 'Clinical justification',
}

export const urgencyBoxes = [
  { label: 'Standard review', value: 'standard' },
  { label: 'Urgent review', value: 'urgent' },
] as const

/** Rows of the criteria table on the first page; more go to the addendum. */
export const criteriaRows = 9
export const answerWords = { met: 'Yes', not_met: 'No', unclear: 'Unknown' } as const

export const attestation = {
  field: 'attestation.statement',
  text: 'I have reviewed this request and attest that it is supported by the medical record.',
  signatureField: 'attestation.signature',
  signatureDateField: 'attestation.signature_date',
} as const

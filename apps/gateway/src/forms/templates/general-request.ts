/**
 * Our own one-page request form, as data: US Letter in points, a twelve-column grid, rows from the top down. Each field is named after
 * its role. Fields that only a person may fill have the role `attestation`, so the gateway never writes them (invariant 9).
 */
export const page = { width: 612, height: 792, margin: 36 } as const

export const title = 'Prior Authorization Request'
export const subtitle = 'Prepared from the chart for review by the requesting provider.'
export const edition = 'AuthScript general request form, edition 2026-11'

export interface Cell {
  readonly label: string
  /** Width, of twelve columns. */
  readonly columns: number
  readonly role: string
}

export interface Section {
  readonly heading: string
  readonly rows: readonly (readonly Cell[])[]
}

const cell = (label: string, columns: number, role: string): Cell => ({ label, columns, role })

const diagnosis = (row: number): readonly Cell[] => [
  cell(`Diagnosis code ${row}`, 2, `service[${row}].diagnosisCode`),
  cell(`Diagnosis ${row}`, 4, `service[${row}].diagnosisText`),
]

export const sections: readonly Section[] = [
  {
    heading: 'Payer',
    rows: [
      [
        cell('Payer', 5, 'payer.name'),
        cell('Plan', 5, 'payer.plan'),
        cell('Date of request', 2, 'submission.date'),
      ],
    ],
  },
  {
    heading: 'Patient and member',
    rows: [
      [
        cell('Patient name', 5, 'patient.name'),
        cell('Date of birth', 2, 'patient.birthDate'),
        cell('Gender', 2, 'patient.gender'),
        cell('Phone', 3, 'patient.phone'),
      ],
      [
        cell('Member ID', 3, 'coverage.memberId'),
        cell('Group number', 3, 'coverage.group'),
        cell('Address', 6, 'patient.address'),
      ],
    ],
  },
  {
    heading: 'Requesting provider',
    rows: [
      [
        cell('Provider', 4, 'requester.name'),
        cell('NPI', 2, 'requester.npi'),
        cell('Specialty', 6, 'requester.specialty'),
      ],
      [
        cell('Phone', 3, 'requester.phone'),
        cell('Fax', 3, 'requester.fax'),
        cell('Practice', 4, 'requester.organization'),
        cell('Practice NPI', 2, 'requester.organizationNpi'),
      ],
      [
        cell('Practice phone', 3, 'requester.organizationPhone'),
        cell('Practice address', 9, 'requester.address'),
      ],
    ],
  },
  {
    heading: 'Service and diagnosis',
    rows: [
      [
        cell('Procedure code', 2, 'service[1].code'),
        cell('Description', 6, 'service[1].description'),
        cell('Planned date', 2, 'service[1].start'),
        cell('Quantity', 2, 'service[1].quantity'),
      ],
      // One code per box: two in one box could be clipped or misread.
      [...diagnosis(1), ...diagnosis(2)],
      [...diagnosis(3), ...diagnosis(4)],
    ],
  },
]

export const urgencyBoxes = [
  { label: 'Standard review', role: 'review.standard' },
  { label: 'Urgent review', role: 'review.urgent' },
] as const

/** Rows of the criteria table on the first page; further criteria go to the addendum. */
export const criteriaRows = 9

export const narrativeField = 'clinical.narrative'

export const attestation = {
  field: 'attestation.statement',
  text: 'I have reviewed this request and attest that it is supported by the medical record.',
  signatureField: 'attestation.signature',
  signatureDateField: 'attestation.signature_date',
} as const

/** The map of our own form; every field is named after its role. */
export function generalMap(): readonly { readonly name: string; readonly role: string }[] {
  const rows = Array.from({ length: criteriaRows }, (_, index) => index + 1)
  return [
    ...sections.flatMap((section) => section.rows.flat().map(({ role }) => role)),
    ...urgencyBoxes.map(({ role }) => role),
    ...rows.flatMap((row) => [`criterion[${row}].question`, `criterion[${row}].answer`]),
    narrativeField,
  ].map((role) => ({ name: role, role }))
}

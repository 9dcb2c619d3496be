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
  /** Most payers return a request without it. */
  readonly isEssential: boolean
}

export interface Section {
  readonly heading: string
  /** Boxes to tick, before the rows. */
  readonly boxes?: readonly Omit<Cell, 'columns'>[]
  readonly rows: readonly (readonly Cell[])[]
}

const cell = (label: string, columns: number, role: string): Cell => ({
  label,
  columns,
  role: role.replace('*', ''),
  isEssential: role.includes('*'),
})
const box = (label: string, role: string) => cell(label, 0, role)

const diagnosis = (row: number): readonly Cell[] => [
  cell(`Diagnosis code ${row}`, 2, `service[${row}].diagnosisCode${row === 1 ? '*' : ''}`),
  cell(`Diagnosis ${row}`, 4, `service[${row}].diagnosisText`),
]

/**
 * What payers ask for on most of their forms. `*`: without it a request is commonly returned.
 *
 * @see X12 278 (005010X217), loops 2010 and 2000E/F: request and certification type, level of service, place of service, dates, quantity
 * @see Texas NOFR001 and TMHP F00078, which mark the same items as required
 */
export const sections: readonly Section[] = [
  {
    heading: 'Request',
    boxes: [
      box('Initial request', 'request.initial*'),
      box('Renewal', 'request.renewal*'),
      box('Standard review', 'review.standard*'),
      box('Urgent review', 'review.urgent*'),
    ],
    rows: [
      [
        cell('Payer', 5, 'payer.name*'),
        cell('Plan', 5, 'payer.plan'),
        cell('Date of request', 2, 'submission.date'),
      ],
      [
        cell('Clinical reason for urgent review', 9, 'review.urgentReason'),
        cell('Previous authorization', 3, 'request.previousAuth'),
      ],
    ],
  },
  {
    heading: 'Patient and member',
    rows: [
      [
        cell('Patient name', 5, 'patient.name*'),
        cell('Date of birth', 2, 'patient.birthDate*'),
        cell('Gender', 2, 'patient.gender'),
        cell('Phone', 3, 'patient.phone'),
      ],
      [
        cell('Member ID', 3, 'coverage.memberId*'),
        cell('Group number', 3, 'coverage.group'),
        cell('Address', 6, 'patient.address'),
      ],
    ],
  },
  {
    heading: 'Requesting provider',
    rows: [
      [
        cell('Provider', 3, 'requester.name*'),
        cell('NPI', 2, 'requester.npi*'),
        cell('Specialty', 3, 'requester.specialty'),
        cell('Phone', 2, 'requester.phone'),
        cell('Fax', 2, 'requester.fax'),
      ],
      [
        cell('Practice', 4, 'requester.organization'),
        cell('Practice NPI', 2, 'requester.organizationNpi'),
        cell('Contact person', 4, 'requester.contactName*'),
        cell('Contact phone', 2, 'requester.contactPhone*'),
      ],
      [
        cell('Practice phone', 2, 'requester.organizationPhone'),
        cell('Practice address', 10, 'requester.address'),
      ],
    ],
  },
  {
    heading: 'Service and diagnosis',
    rows: [
      [
        cell('Procedure code', 2, 'service[1].code*'),
        cell('Description', 5, 'service[1].description'),
        cell('Start date', 2, 'service[1].start*'),
        cell('End date', 2, 'service[1].end'),
        cell('Units', 1, 'service[1].quantity*'),
      ],
      // One code per box: two in one box could be clipped or misread.
      [...diagnosis(1), ...diagnosis(2)],
      [...diagnosis(3), ...diagnosis(4)],
    ],
  },
  {
    heading: 'Where the service is provided',
    rows: [
      [
        cell('Setting', 2, 'setting*'),
        cell('Facility', 4, 'facility.name*'),
        cell('Facility NPI', 2, 'facility.npi'),
        cell('Facility phone', 2, 'facility.phone'),
        cell('Facility fax', 2, 'facility.fax'),
      ],
      [
        cell('Facility address', 6, 'facility.address'),
        cell('Servicing provider', 4, 'servicing.name'),
        cell('Servicing NPI', 2, 'servicing.npi'),
      ],
    ],
  },
]

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
    ...sections.flatMap(({ boxes = [], rows: cells }) => [...boxes, ...cells.flat()].map(mapped)),
    ...rows
      .flatMap((row) => [`criterion[${row}].question`, `criterion[${row}].answer`])
      .map((role) => ({ name: role, role })),
    { name: narrativeField, role: narrativeField },
  ]
}

function mapped({ role, isEssential }: Omit<Cell, 'columns'>) {
  return { name: role, role: isEssential ? `${role}*` : role }
}

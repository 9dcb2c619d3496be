/** The athenahealth document classes that this sandbox supports, by their name in a path. */
export interface DocumentClass {
  readonly documentclass: 'ADMIN' | 'CLINICALDOCUMENT' | 'ENCOUNTERDOCUMENT' | 'MEDICALRECORD'
  /** The names of an entry's id and of the list of entries. */
  readonly idName: string
  readonly listName: string
  /** A new document's status unless it is closed at once. */
  readonly openStatus: 'OPEN' | 'REVIEW' | 'CLOSED'
}

export const classesByPath: Readonly<Record<string, DocumentClass>> = {
  admin: {
    documentclass: 'ADMIN',
    idName: 'adminid',
    listName: 'admins',
    openStatus: 'OPEN',
  },
  clinicaldocument: {
    documentclass: 'CLINICALDOCUMENT',
    idName: 'clinicaldocumentid',
    listName: 'clinicaldocuments',
    openStatus: 'REVIEW',
  },
}

/** Classes that can only be used with the general route. */
const generalClasses: readonly DocumentClass[] = [
  {
    documentclass: 'ENCOUNTERDOCUMENT',
    idName: 'encounterdocumentid',
    listName: 'encounterdocuments',
    openStatus: 'CLOSED',
  },
  {
    documentclass: 'MEDICALRECORD',
    idName: 'medicalrecordid',
    listName: 'medicalrecords',
    openStatus: 'CLOSED',
  },
]

/** @see https://docs.athenahealth.com/api/workflows/document-classification-guide */
const subclasses: ReadonlySet<string> = new Set([
  'ADMIN_BILLING',
  'ADMIN_CONSENT',
  'ADMIN_HIPAA',
  'ADMIN_INSURANCEAPPROVAL',
  'ADMIN_INSURANCECARD',
  'ADMIN_INSURANCEDENIAL',
  'ADMIN_LEGAL',
  'ADMIN_MEDICALRECORDREQ',
  'ADMIN_REFERRAL',
  'ADMIN_SIGNEDFORMSLETTERS',
  'ADMIN_VACCINATIONRECORD',
  'CLINICALDOCUMENT_ADMISSIONDISCHARGE',
  'CLINICALDOCUMENT_CONSULTNOTE',
  'CLINICALDOCUMENT_MENTALHEALTH',
  'CLINICALDOCUMENT_OPERATIVENOTE',
  'CLINICALDOCUMENT_URGENTCARE',
  'ENCOUNTERDOCUMENT_IMAGEDOC',
  'ENCOUNTERDOCUMENT_PATIENTHISTORY',
  'ENCOUNTERDOCUMENT_PROCEDUREDOC',
  'ENCOUNTERDOCUMENT_PROGRESSNOTE',
  'MEDICALRECORD_CHARTTOABSTRACT',
  'MEDICALRECORD_COUMADIN',
  'MEDICALRECORD_GROWTHCHART',
  'MEDICALRECORD_HISTORICAL',
  'MEDICALRECORD_PATIENTDIARY',
  'MEDICALRECORD_VACCINATION',
])

/** The class of a known subclass. */
export function classOf(documentsubclass: string): DocumentClass | undefined {
  if (!subclasses.has(documentsubclass)) return undefined
  const name = documentsubclass.slice(0, documentsubclass.indexOf('_'))
  return [...Object.values(classesByPath), ...generalClasses].find(
    ({ documentclass }) => documentclass === name,
  )
}

import { classOf, type DocumentClass } from './document-classes.ts'

export interface DocumentFields {
  readonly documentClass: DocumentClass
  readonly documentsubclass: string
  readonly departmentid: string
  /** Base64, as sent; undefined for a document without a file. */
  readonly attachmentcontents: string | undefined
  readonly internalnote: string
  readonly originalfilename: string | undefined
  readonly autoclose: boolean
  readonly priority: '1' | '2'
  readonly providerid: number | undefined
  readonly documenttypeid: number | undefined
  readonly observationdate: string | undefined
}

/** Why the fields are refused; `missingfields` in athenahealth's format. */
export interface FieldsFault {
  readonly error: string
  readonly missingfields?: readonly string[]
  readonly detailedmessage?: string
}

const maxFileNameLength = 200
const wholeNumbers = [
  'departmentid',
  'documenttypeid',
  'providerid',
  'clinicalproviderid',
  'appointmentid',
  'entityid',
] as const
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/**
 * Reads the fields of a document to add. `documentClass` is the class of a class-specific route; the general
 * route uses the subclass's and requires a file.
 *
 * @see https://docs.athenahealth.com/api/api-ref/document-type-clinical-document
 */
export function readFields(
  form: URLSearchParams,
  documentClass: DocumentClass | undefined,
): DocumentFields | FieldsFault {
  const value = (name: string) => form.get(name)?.trim() || undefined
  const required = [
    'departmentid',
    'documentsubclass',
    ...(documentClass === undefined ? ['attachmentcontents'] : []),
  ]
  const missingfields = required.filter((name) => value(name) === undefined)
  if (missingfields.length > 0) return { error: 'Additional fields are required.', missingfields }
  const detailedmessage = faultOf(form, value)
  if (detailedmessage !== undefined) return invalid(detailedmessage)
  const documentsubclass = value('documentsubclass') ?? ''
  const found = classOf(documentsubclass)
  if (found === undefined) return invalid('documentsubclass is not known')
  if (documentClass !== undefined && found !== documentClass)
    return invalid(`documentsubclass does not belong to ${documentClass.documentclass}`)
  const wholeNumber = (name: string) => {
    const text = value(name)
    return text === undefined ? undefined : Number(text)
  }
  return {
    documentClass: found,
    documentsubclass,
    departmentid: value('departmentid') ?? '',
    attachmentcontents: value('attachmentcontents'),
    internalnote: value('internalnote') ?? '',
    originalfilename: value('originalfilename'),
    autoclose: value('autoclose') === 'true',
    priority: value('priority') === '1' ? '1' : '2',
    providerid: wholeNumber('providerid'),
    documenttypeid: wholeNumber('documenttypeid'),
    observationdate: value('observationdate'),
  }
}

function faultOf(
  form: URLSearchParams,
  value: (name: string) => string | undefined,
): string | undefined {
  const repeated = [...new Set(form.keys())].find((name) => form.getAll(name).length > 1)
  if (repeated !== undefined) return `${repeated} is given more than once`
  const badNumber = wholeNumbers.find((name) => !/^\d{1,10}$/.test(value(name) ?? '0'))
  if (badNumber !== undefined) return `${badNumber} must be a whole number`
  if (!['true', 'false'].includes(value('autoclose')?.toLowerCase() ?? 'true'))
    return 'autoclose must be true or false'
  if (!['1', '2'].includes(value('priority') ?? '2')) return 'priority must be 1 or 2'
  if ((value('attachmenttype') ?? 'PDF').toUpperCase() !== 'PDF')
    return 'attachmenttype must be PDF'
  if ((value('entitytype') === undefined) !== (value('entityid') === undefined))
    return 'entitytype and entityid go together'
  if (!isDate(value('observationdate'))) return 'observationdate must be mm/dd/yyyy'
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value('observationtime') ?? '00:00'))
    return 'observationtime must be hh24:mi'
  return fileNameFault(value('originalfilename')) ?? attachmentFault(value('attachmentcontents'))
}

function isDate(text: string | undefined): boolean {
  if (text === undefined) return true
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

function fileNameFault(name: string | undefined): string | undefined {
  if (name === undefined) return undefined
  if (name.length > maxFileNameLength)
    return `originalfilename must not exceed ${maxFileNameLength} characters`
  return /\.[A-Za-z0-9]{1,5}$/.test(name)
    ? 'originalfilename must be without its extension'
    : undefined
}

function attachmentFault(contents: string | undefined): string | undefined {
  if (contents === undefined) return undefined
  // A plus sign that was not percent-encoded has been decoded to a space.
  if (!base64.test(contents)) return 'attachmentcontents must be base64'
  const start = Buffer.from(contents.slice(0, 8), 'base64').toString('latin1')
  return start.startsWith('%PDF-') ? undefined : 'attachmentcontents must be a PDF'
}

function invalid(detailedmessage: string): FieldsFault {
  return { error: 'The data provided is invalid.', detailedmessage }
}

import { charsetOf, decodeText, storable } from './charset.ts'
import { type NoteText, type TextLimits, type UnreadPart, unread } from './note-text.ts'
import { binaryKindOf, isXmlType, textKindOf } from './sniff.ts'
import { withTickBoxes } from './tick-boxes.ts'

/** Maximum depth of nested files, e.g. a PDF in base64 in a C-CDA document. */
const maxFilesWithin = 3

/** Declared types that may contain a note. Other text types (JSON, a calendar) do not. */
const mayHoldNote =
  /^(?:text\/(?!calendar|vcard|javascript|css)[\w.+-]+|application\/(?:pdf|x-pdf|rtf|x-rtf|msword|octet-stream|x-binary|xhtml\+xml|xml|[\w.-]+\+xml|hl7-[\w.+-]+|edi-hl7v?\d*|fhir\+xml)|binary\/octet-stream|richtext|unknown\/unknown)$/

/**
 * Extracts the text of a note's file. The type is detected from its bytes, then from its text; the declared type only decides if both
 * are inconclusive. Time and memory are linear in the size of the file, except for PDF: call it in a worker with limits.
 */
export async function readFile(
  bytes: Uint8Array,
  declared: string | undefined,
  limits: TextLimits,
  filesWithin = 0,
): Promise<NoteText> {
  const declaredType = declared?.split(';')[0]?.trim().toLowerCase()
  const binaryKind = binaryKindOf(bytes)
  if (binaryKind === 'application/pdf') return readPdf(bytes, limits)
  if (binaryKind !== undefined)
    return unread(`${binaryKind} has no text that can be extracted`, binaryKind)
  const decoded = decodeText(bytes, charsetOf(declared))
  if ('reason' in decoded) return unread(decoded.reason, declaredType)
  const within = fileInBase64(decoded.text)
  if (within !== undefined && filesWithin < maxFilesWithin)
    return readFile(within, declared, limits, filesWithin + 1)
  const kind = textKindOf(decoded.text, declaredType)
  if (
    kind === 'text/plain' &&
    declaredType !== undefined &&
    declaredType !== '' &&
    !mayHoldNote.test(declaredType)
  )
    return unread(`${declaredType} has no text that can be extracted`, declaredType)
  switch (kind) {
    case 'text/plain':
      return isXmlType(declaredType)
        ? unread('is XML that is invalid or truncated', declaredType)
        : finished(kind, decoded.text, limits)
    case 'text/html': {
      const { htmlToText } = await import('./markup/html.ts')
      return finished(kind, htmlToText(storable(decoded.text)), limits)
    }
    case 'application/rtf': {
      const { rtfToText } = await import('./rtf.ts')
      const start = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
      const { text, isWhole } = rtfToText(start.slice(Math.max(0, start.indexOf('{\\rtf'))))
      return finished(
        kind,
        text,
        limits,
        isWhole ? [] : [{ contentType: kind, reason: 'is truncated RTF' }],
      )
    }
    case 'application/xml':
      return readXml(decoded.text, limits, filesWithin)
  }
}

/** Reads plain text synchronously; undefined if the file has another type. Takes linear time. */
export function readPlainText(
  bytes: Uint8Array,
  declared: string | undefined,
  limits: TextLimits,
): NoteText | undefined {
  const declaredType = declared?.split(';')[0]?.trim().toLowerCase()
  if (declaredType !== 'text/plain' || binaryKindOf(bytes) !== undefined) return undefined
  const decoded = decodeText(bytes, charsetOf(declared))
  if ('reason' in decoded || fileInBase64(decoded.text) !== undefined) return undefined
  return textKindOf(decoded.text, declaredType) === 'text/plain'
    ? finished('text/plain', decoded.text, limits)
    : undefined
}

export const looksLikeXml = (start: string) => /^<(?:\?xml\b|[A-Za-z])/.test(start)

async function readXml(source: string, limits: TextLimits, filesWithin: number): Promise<NoteText> {
  const { readClinicalXml } = await import('./markup/clinical-xml.ts')
  const kind = 'application/xml'
  const read = readClinicalXml(storable(source))
  switch (read.kind) {
    case 'text':
      return finished(kind, read.text, limits)
    case 'unread':
      return unread(read.reason, kind)
    case 'file': {
      const bytes = bytesOfBase64(read.base64)
      return bytes === undefined || filesWithin >= maxFilesWithin
        ? unread('is XML with a file in it that cannot be read', kind)
        : readFile(bytes, read.contentType, limits, filesWithin + 1)
    }
  }
}

async function readPdf(bytes: Uint8Array, limits: TextLimits): Promise<NoteText> {
  const { pdfToText } = await import('./pdf/pdf.ts')
  const read = await pdfToText(bytes, limits)
  return 'reason' in read
    ? unread(read.reason, 'application/pdf')
    : finished('application/pdf', read.pages.join('\n\n'), limits, read.unreadParts)
}

/** Invisible characters, which could split or join words. */
const unseen = /[\u00AD\u200B-\u200D\u2060\uFEFF]/g
/** The typographic forms of the apostrophe: "isn’t" is "isn't". */
const apostrophes = /[\u2018\u2019\u02BC\uFF07]/g
/** Text that Markdown strikes out. */
const struck = /~~(?=\S)[^~\n]{1,1000}~~/g

function finished(
  contentType: string,
  raw: string,
  { maxCharacters }: TextLimits,
  parts: readonly UnreadPart[] = [],
): NoteText {
  const whole = withTickBoxes(
    storable(raw)
      .replaceAll(unseen, '')
      .replaceAll('\u00A0', ' ')
      .replaceAll(apostrophes, "'")
      .replaceAll(struck, ' '),
  )
  if (whole.trim() === '') return unread(parts[0]?.reason ?? 'has no text', contentType)
  // `toWellFormed` repairs a surrogate pair that the limit splits.
  const text = whole.slice(0, maxCharacters).toWellFormed()
  const unreadParts =
    whole.length > maxCharacters
      ? [...parts, { contentType, reason: `longer than ${maxCharacters} characters` }]
      : parts
  return { kind: 'text', contentType, text, ...(unreadParts.length > 0 ? { unreadParts } : {}) }
}

/** Strict: characters after the padding, or outside of base64, mean that the data is invalid. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  const packed = text.replaceAll(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(packed)) return undefined
  return packed.replace(/=+$/, '').length % 4 === 1 ? undefined : Buffer.from(packed, 'base64')
}

/** The file, if the whole text is base64, because something was encoded twice. */
function fileInBase64(text: string): Uint8Array | undefined {
  const trimmed = text.trim()
  if (trimmed.length < 24 || !/^[A-Za-z0-9+/=_\r\n-]+$/.test(trimmed)) return undefined
  const bytes = bytesOfBase64(trimmed)
  if (bytes === undefined || bytes.length === 0) return undefined
  if (binaryKindOf(bytes) !== undefined) return bytes
  const decoded = decodeText(bytes, 'utf-8')
  // Words in capitals on their own lines are valid base64 too, but do not decode to text.
  return 'text' in decoded &&
    /[a-z]{2,} /i.test(decoded.text) &&
    !/[^\x20-\x7E\s]/.test(decoded.text.slice(0, 100))
    ? bytes
    : undefined
}

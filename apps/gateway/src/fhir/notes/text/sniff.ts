/** The type of a binary file by its first bytes; undefined if it is unknown and may be text. */
export function binaryKindOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1100))
  const start = head.toString('latin1')
  // A PDF may begin up to 1024 bytes into its file.
  if (/^[\s\u00EF\u00BB\u00BF]*%PDF-/.test(start)) return 'application/pdf'
  const found = magics.find(([, magic]) => start.startsWith(magic))
  if (found !== undefined) return found[0]
  if (start.slice(128, 132) === 'DICM') return 'application/dicom'
  if (start.slice(4, 8) === 'ftyp') return 'video/mp4'
  return start.slice(0, 1024).includes('%PDF-') && /[^\t\n\r\x20-\x7E]/.test(start)
    ? 'application/pdf'
    : undefined
}

const magics: readonly (readonly [string, string])[] = [
  ['image/png', '\x89PNG'],
  ['image/jpeg', '\xFF\xD8\xFF'],
  ['image/gif', 'GIF8'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
  ['image/webp', 'RIFF'],
  ['application/zip', 'PK\x03\x04'],
  ['application/zip', 'PK\x05\x06'],
  ['application/gzip', '\x1F\x8B'],
  ['application/x-7z-compressed', '7z\xBC\xAF'],
  ['application/msword', '\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1'],
  ['audio/mpeg', 'ID3'],
  ['audio/ogg', 'OggS'],
]

export type TextKind = 'text/plain' | 'text/html' | 'application/rtf' | 'application/xml'

/** HTML tags, with attributes of at most a few hundred characters, so that matching stays linear. */
const htmlTag =
  /<\/?(?:a|abbr|address|article|aside|b|blockquote|body|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|fieldset|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|label|legend|li|link|main|mark|meta|nav|ol|option|p|pre|s|section|select|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|u|ul)(?:\s[^<>]{0,500})?\/?>/i

const htmlTags = new RegExp(htmlTag.source, 'gi')
const startsAsHtml = new RegExp(`^(?:<!--[^>]{0,500}-->\\s*)?${htmlTag.source}`, 'i')

/** The type of a text by its content. The declared type only decides if the content is inconclusive. */
export function textKindOf(text: string, declaredType: string | undefined): TextKind {
  const head = text.slice(0, 2000).trimStart()
  if (head.startsWith('{\\rtf')) return 'application/rtf'
  if (
    /^<!doctype\s+html/i.test(head) ||
    /^<\?xml[^>]{0,200}\?>\s*(?:<!doctype\s+html|<html)/i.test(head)
  )
    return 'text/html'
  if (startsAsHtml.test(head)) return 'text/html'
  if (
    /^<\?xml\b/i.test(head) ||
    /^<(?:[\w-]{1,40}:)?[A-Za-z][\w.-]{0,80}(?:\s[^<>]{0,1000})?\sxmlns(?::[\w-]{1,40})?\s*=/.test(
      head,
    )
  )
    return 'application/xml'
  if (/^<(?:[\w-]{1,40}:)?ClinicalDocument\b/.test(head)) return 'application/xml'
  if (declaredType === 'text/html' || declaredType === 'application/xhtml+xml') return 'text/html'
  if (isXmlType(declaredType) && head.startsWith('<')) return 'application/xml'
  return hasSeveralTags(text) ? 'text/html' : 'text/plain'
}

export const isXmlType = (type: string | undefined) =>
  type !== undefined && /^(?:text|application)\/(?:[\w.-]+\+)?xml$|^application\/hl7-/.test(type)

/** A single tag may occur in prose ("score <b>"). Text with two or more tags, including a closing tag or `<br>`, is markup. */
function hasSeveralTags(text: string): boolean {
  let tags = 0
  let closing = 0
  for (const [tag] of text.matchAll(htmlTags)) {
    tags += 1
    if (/^<\/|^<br/i.test(tag)) closing += 1
    if (tags >= 2 && closing >= 1) return true
  }
  return false
}

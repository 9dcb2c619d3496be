import { isUtf8 } from 'node:buffer'

const utf8Bom = [0xef, 0xbb, 0xbf] as const
const utf16LittleEndianBom = [0xff, 0xfe] as const
const utf16BigEndianBom = [0xfe, 0xff] as const

/**
 * The bytes of a JSON text as UTF-8 without a byte order mark. The mark decides the encoding; without one, the charset of the content
 * type, if it is known. FHIR is UTF-8, so bytes that are valid UTF-8 are never read in a one-byte charset, although servlet containers
 * name one by default.
 *
 * @see https://hl7.org/fhir/R4/json.html, RFC 8259, 8.1
 */
export function toUtf8(body: Buffer, contentType: string | undefined): Buffer {
  if (startsWith(body, utf8Bom)) return body.subarray(utf8Bom.length)
  if (startsWith(body, utf16LittleEndianBom)) return decoded(body, 'utf-16le')
  if (startsWith(body, utf16BigEndianBom)) return decoded(body, 'utf-16be')
  const charset = charsetOf(contentType)
  if (charset === undefined || charset === 'utf-8') return body
  // Without a mark, RFC 2781 (4.3) says that "utf-16" is big-endian, but most senders mean little-endian.
  if (charset.startsWith('utf-16')) {
    const isBigEndian = charset === 'utf-16be' || (charset === 'utf-16' && body[0] === 0)
    return decoded(body, isBigEndian ? 'utf-16be' : 'utf-16le')
  }
  return isUtf8(body) ? body : decoded(body, charset)
}

/** Undefined if the content type names no charset, or an unknown one. */
function charsetOf(contentType: string | undefined): string | undefined {
  const [, label] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '') ?? []
  if (label === undefined) return undefined
  try {
    const name = new TextDecoder(label).encoding
    return name === 'utf-16le' ? label.toLowerCase() : name
  } catch {
    return undefined
  }
}

function decoded(body: Buffer, charset: string): Buffer {
  return Buffer.from(new TextDecoder(charset).decode(body), 'utf8')
}

function startsWith(body: Buffer, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => body[index] === byte)
}

import { isUtf8 } from 'node:buffer'

const utf8Bom = [0xef, 0xbb, 0xbf] as const
const utf16LittleEndianBom = [0xff, 0xfe] as const
const utf16BigEndianBom = [0xfe, 0xff] as const

/**
 * The bytes of a JSON text as UTF-8 without a byte order mark. The mark decides; without one the charset of the content type, where it
 * is known. FHIR is UTF-8, so bytes that are valid UTF-8 are never read as a one-byte charset: servlet containers name one by default.
 *
 * @see https://hl7.org/fhir/R4/json.html, RFC 8259, 8.1
 */
export function toUtf8(body: Buffer, contentType: string | undefined): Buffer {
  if (startsWith(body, utf8Bom)) return body.subarray(utf8Bom.length)
  if (startsWith(body, utf16LittleEndianBom)) return decoded(body, 'utf-16le')
  if (startsWith(body, utf16BigEndianBom)) return decoded(body, 'utf-16be')
  const charset = charsetOf(contentType)
  if (charset === undefined || charset === 'utf-8') return body
  // Without a mark: big-endian is what RFC 2781 (4.3) says of a plain "utf-16", little-endian what most senders mean.
  if (charset.startsWith('utf-16')) {
    const isBigEndian = charset === 'utf-16be' || (charset === 'utf-16' && body[0] === 0)
    return decoded(body, isBigEndian ? 'utf-16be' : 'utf-16le')
  }
  return isUtf8(body) ? body : decoded(body, charset)
}

/** Undefined where none is named, or one that nobody knows. */
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

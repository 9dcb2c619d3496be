/** The decoded text, or the reason why the bytes are not text. */
export type Decoded = { readonly text: string } | { readonly reason: string }

/**
 * Decodes text by its byte order mark; as UTF-16 if every other byte is zero; in the declared charset; as UTF-8 if it is valid; or else as
 * windows-1252, which US systems use if they do not use UTF-8.
 */
export function decodeText(bytes: Uint8Array, declaredCharset: string | undefined): Decoded {
  const marked = byteOrderMark(bytes) ?? zeroBytePattern(bytes)
  if (marked !== undefined) return checked(new TextDecoder(marked).decode(bytes))
  if (declaredCharset !== undefined && !isUtf8Name(declaredCharset)) {
    const decoder = decoderOf(declaredCharset)
    if (decoder !== undefined) return checked(decoder.decode(bytes))
  }
  try {
    return checked(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return declaredCharset !== undefined && decoderOf(declaredCharset) === undefined
      ? { reason: 'is in an unknown charset' }
      : checked(new TextDecoder('windows-1252').decode(bytes))
  }
}

/** The `charset` of a content type, without quotation marks. */
export function charsetOf(contentType: string | undefined): string | undefined {
  const [, ...parameters] = (contentType ?? '').toLowerCase().split(';')
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=')
    const charset = value.trim().replaceAll(/^["']|["']$/g, '')
    if (name.trim() === 'charset' && charset !== '') return charset
  }
  return undefined
}

/** Text that PostgreSQL's jsonb accepts: without NUL, other control characters and lone surrogates, and with `\n` as line end. */
export function storable(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\f\v]/g, '\n')
    .replaceAll(/[\p{Cc}--[\t\n]]/gv, '')
    .toWellFormed()
}

function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return undefined
}

/** How many bytes are examined to detect UTF-16. */
const examined = 4096

/** In UTF-16, nearly every second byte of Western text is zero, and no others. */
function zeroBytePattern(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, examined) & ~1
  if (end < 4) return undefined
  let even = 0
  let odd = 0
  for (let index = 0; index < end; index += 2) {
    if (bytes[index] === 0) even += 1
    if (bytes[index + 1] === 0) odd += 1
  }
  const most = (end / 2) * 0.7
  const few = (end / 2) * 0.05
  if (odd >= most && even <= few) return 'utf-16le'
  return even >= most && odd <= few ? 'utf-16be' : undefined
}

/** Common names that the encoding standard lacks. @see https://encoding.spec.whatwg.org/#names-and-labels */
const otherNames: Readonly<Record<string, string>> = {
  'cp-1252': 'windows-1252',
  ansi: 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso-8859-1-windows-3.1-latin-1': 'windows-1252',
  'us-ascii': 'windows-1252',
  ucs2: 'utf-16le',
  'utf-16': 'utf-16le',
  utf16: 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(otherNames[charset] ?? charset)
  } catch {
    return undefined
  }
}

const isUtf8Name = (charset: string) => /^utf-?8$|^(?:us-?)?ascii$/.test(charset)

/** A file that is not text has many characters that do not occur in text. */
function checked(decoded: string): Decoded {
  const text = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded
  const wrong = countMatches(
    withoutEndingZeros(text),
    /[[\p{Cc}--[\t\n\r\f\v\x85]]\uFFFD-\uFFFF]/gv,
  )
  return wrong > 4 && wrong > text.length / 50 ? { reason: 'is not text' } : { text }
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) count += 1
  return count
}

/** C strings end with zeros. */
function withoutEndingZeros(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  return text.slice(0, end)
}

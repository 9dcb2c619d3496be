/** Bytes that are text, with the reason where they are none. */
export type Decoded = { readonly text: string } | { readonly reason: string }

/**
 * Text of `bytes`: by its byte order mark, as UTF-16 where every other byte is zero, in the declared charset, as UTF-8 where it is valid,
 * else as windows-1252, in which US systems write what is not UTF-8.
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
      ? { reason: 'is in a charset that is not known here' }
      : checked(new TextDecoder('windows-1252').decode(bytes))
  }
}

/** `charset=` of a content type, without quotation marks. */
export function charsetOf(contentType: string | undefined): string | undefined {
  const [, ...parameters] = (contentType ?? '').toLowerCase().split(';')
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=')
    const charset = value.trim().replaceAll(/^["']|["']$/g, '')
    if (name.trim() === 'charset' && charset !== '') return charset
  }
  return undefined
}

/** What PostgreSQL's jsonb and every reader of the text can take: no NUL or other control character, no half of a surrogate pair, one kind of line end. */
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

/** How many bytes are looked at to tell UTF-16 from other text. */
const examined = 4096

/** Western text in UTF-16 has a zero in nearly every second byte, and only there. */
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

/** Names that are in use and that the encoding standard lacks. @see https://encoding.spec.whatwg.org/#names-and-labels */
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

/** A file that is no text has many characters that no text has. */
function checked(decoded: string): Decoded {
  const text = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded
  const wrong = countMatches(
    withoutEndingZeros(text),
    /[[\p{Cc}--[\t\n\r\f\v\x85]]\uFFFD-\uFFFF]/gv,
  )
  return wrong > 4 && wrong > text.length / 50 ? { reason: 'is no text' } : { text }
}

function countMatches(text: string, pattern: RegExp): number {
  let count = 0
  for (const _ of text.matchAll(pattern)) count += 1
  return count
}

/** C strings end in them. */
function withoutEndingZeros(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  return text.slice(0, end)
}

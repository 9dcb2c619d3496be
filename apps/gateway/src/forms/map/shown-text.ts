import { decodePDFRawStream, PDFRawStream, PDFStream, type PDFTextField } from '@cantoo/pdf-lib'

const shownString =
  /\((?:[^()\\]|\\.)*[^\s()\\](?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*[1-9A-Fa-f][0-9A-Fa-f\s]*>/

/**
 * Whether a widget draws text, regardless of the field's value: a form that was not fully cleared may still show its last patient.
 * `undecodable`: there is a drawing that cannot be read.
 */
export function shownTextOf(field: PDFTextField): 'none' | 'some' | 'undecodable' {
  const states = field.acroField.getWidgets().map((widget) => {
    const stream = widget.getAppearances()?.normal
    if (!(stream instanceof PDFStream)) return 'none'
    const content = drawingOf(stream)
    if (content === undefined) return 'undecodable'
    const pieces = content.match(
      /\[[^\]]*\]\s*TJ|(?:\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|")/g,
    )
    return (pieces ?? []).some((piece) => shownString.test(piece)) ? 'some' : 'none'
  })
  return (
    states.find((one) => one === 'undecodable') ?? states.find((one) => one === 'some') ?? 'none'
  )
}

/** An empty stream draws nothing, whatever its filter. */
function drawingOf(stream: PDFStream): string | undefined {
  const bytes = stream.getContents()
  if (bytes.every((byte) => byte === 0x0a || byte === 0x0d || byte === 0x20)) return ''
  try {
    return Buffer.from(
      stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : bytes,
    ).toString('latin1')
  } catch {
    return undefined
  }
}

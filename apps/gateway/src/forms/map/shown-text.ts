import { decodePDFRawStream, PDFRawStream, PDFStream, type PDFTextField } from '@cantoo/pdf-lib'

const shownString =
  /\((?:[^()\\]|\\.)*[^\s()\\](?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*[1-9A-Fa-f][0-9A-Fa-f\s]*>/

/** Whether a widget draws text, regardless of the field's value: a form that was not fully cleared may still show its last patient. */
export function showsText(field: PDFTextField): boolean {
  return field.acroField.getWidgets().some((widget) => {
    const stream = widget.getAppearances()?.normal
    if (!(stream instanceof PDFStream)) return false
    const content = Buffer.from(
      stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : stream.getContents(),
    ).toString('latin1')
    const pieces = content.match(
      /\[[^\]]*\]\s*TJ|(?:\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>)\s*(?:Tj|'|")/g,
    )
    return (pieces ?? []).some((piece) => shownString.test(piece))
  })
}

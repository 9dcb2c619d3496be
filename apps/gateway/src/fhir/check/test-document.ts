import type { DocumentToWrite } from '../documents/document-writer.ts'

const title = 'AuthScript write test: please delete'

/** Clearly marked as a test. Its bytes differ each time, so that it is never mistaken for the document of an earlier test. */
export function toTestDocument(uuid: string, createdAt: Date): DocumentToWrite {
  const identifier = `ehr-check.${uuid}`
  return { identifier, title, createdAt, pdf: toPdf([title, identifier, createdAt.toISOString()]) }
}

/** One page with these lines, which must be ASCII without parentheses or backslashes. */
function toPdf(lines: readonly string[]): Uint8Array {
  const text = [
    'BT /F1 14 Tf 20 TL 72 720 Td',
    ...lines.map((line) => `(${line}) Tj T*`),
    'ET',
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let file = '%PDF-1.4\n'
  // Each row of the cross-reference table is exactly 20 bytes long, including its line end.
  const rows = ['0000000000 65535 f \n']
  for (const [index, object] of objects.entries()) {
    rows.push(`${String(file.length).padStart(10, '0')} 00000 n \n`)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const trailer = `trailer\n<< /Size ${rows.length} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return new TextEncoder().encode(`${file}xref\n0 ${rows.length}\n${rows.join('')}${trailer}`)
}

import { createHash } from 'node:crypto'
import type { DocumentToWrite, ExpectedDocument } from './document-writer.ts'

/** What the chart must show after the document was sent. */
export function expectedOf({ identifier, title, pdf }: DocumentToWrite): ExpectedDocument {
  return {
    identifier,
    title,
    sha256: hashOf('sha256', pdf),
    sha1: hashOf('sha1', pdf),
    sizeBytes: pdf.byteLength,
  }
}

export function hashOf(algorithm: 'sha1' | 'sha256', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex')
}

import type { FormRow } from '../../store/work-items.ts'

export interface ApprovedDocument {
  readonly pdf: Buffer
  readonly sha256: string
}

/** What was approved: the form, or the document of which it is a part. Undefined if that document was deleted with the chart. */
export function approvedDocumentOf({
  pdf,
  sha256,
  document,
  document_sha256: documentSha256,
}: FormRow): ApprovedDocument | undefined {
  if (documentSha256 === null) return { pdf, sha256 }
  return document === null ? undefined : { pdf: document, sha256: documentSha256 }
}

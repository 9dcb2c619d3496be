import { createHash } from 'node:crypto'
import type { FormContent } from '@authscript/prior-auth'

/** Hash that binds a PDF to its patient and order without revealing them. Hex. */
export function subjectHash({
  practiceId,
  patientId,
  serviceRequestId,
}: FormContent['subject']): string {
  return createHash('sha256')
    .update(JSON.stringify([practiceId, patientId, serviceRequestId]))
    .digest('hex')
}

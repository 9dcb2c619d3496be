import type { InformationRequest } from '@authscript/prior-auth'
import type { QueueItemRow } from '../store/work-queue.ts'

type AskedColumns = Pick<
  QueueItemRow,
  'asked_of' | 'asked_what' | 'asked_due_on' | 'asked_by' | 'asked_at'
>

/** What somebody was asked for and has not answered yet. */
export function toInformationRequest({
  asked_of: of,
  asked_what: what,
  asked_due_on: dueOn,
  asked_by: by,
  asked_at: at,
}: AskedColumns): InformationRequest | null {
  if (of === null || what === null || by === null || at === null) return null
  return { of, what, dueOn, by, at: at.toISOString() }
}

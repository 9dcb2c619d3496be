import type { Migration } from 'kysely/migration'
import { up as initial } from './0001-initial.ts'
import { up as nothingLost } from './0002-nothing-lost.ts'
import { up as admission } from './0003-admission.ts'
import { up as orderType } from './0004-order-type.ts'
import { up as budgetOfADay } from './0010-budget-of-a-day.ts'
import { up as ambiguousWriteBack } from './0011-ambiguous-write-back.ts'
import { up as unansweredWriteBack } from './0012-unanswered-write-back.ts'
import { up as admissionByJob } from './0013-admission-by-job.ts'
import { up as workQueue } from './0014-work-queue.ts'
import { up as queueOrder } from './0016-queue-order.ts'
import { up as formNotices } from './0017-form-notices.ts'
import { up as attachments } from './0018-attachments.ts'
import { up as signatures } from './0019-signatures.ts'
import { up as savedViews } from './0020-saved-views.ts'
import { up as payerForms } from './0021-payer-forms.ts'
import { up as ordersOfAProvider } from './0022-orders-of-a-provider.ts'
import { up as people } from './0023-people.ts'
import { up as keys } from './0024-keys.ts'
import { up as audit } from './0025-audit.ts'
import { up as operations } from './0026-operations.ts'
import { up as webhooks } from './0027-webhooks.ts'
import { up as idempotencyKeys } from './0028-idempotency-keys.ts'
import { up as workOfPeople } from './0029-work-of-people.ts'
import { up as launches } from './0030-launches.ts'
import { up as sessionContext } from './0031-session-context.ts'
import { up as namesAndPasswords } from './0032-names-and-passwords.ts'
import { up as nodeControls } from './0033-node-controls.ts'
import { up as typedUrgency } from './0035-typed-urgency.ts'
import { up as kindsOfJobs } from './0036-kinds-of-jobs.ts'
import { up as redrives } from './0037-redrives.ts'

export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': { up: initial },
  '0002-nothing-lost': { up: nothingLost },
  '0003-admission': { up: admission },
  '0004-order-type': { up: orderType },
  '0010-budget-of-a-day': { up: budgetOfADay },
  '0011-ambiguous-write-back': { up: ambiguousWriteBack },
  '0012-unanswered-write-back': { up: unansweredWriteBack },
  '0013-admission-by-job': { up: admissionByJob },
  '0014-work-queue': { up: workQueue },
  '0016-queue-order': { up: queueOrder },
  '0017-form-notices': { up: formNotices },
  '0018-attachments': { up: attachments },
  '0019-signatures': { up: signatures },
  '0020-saved-views': { up: savedViews },
  '0021-payer-forms': { up: payerForms },
  '0022-orders-of-a-provider': { up: ordersOfAProvider },
  '0023-people': { up: people },
  '0024-keys': { up: keys },
  '0025-audit': { up: audit },
  '0026-operations': { up: operations },
  '0027-webhooks': { up: webhooks },
  '0028-idempotency-keys': { up: idempotencyKeys },
  '0029-work-of-people': { up: workOfPeople },
  '0030-launches': { up: launches },
  '0031-session-context': { up: sessionContext },
  '0032-names-and-passwords': { up: namesAndPasswords },
  '0033-node-controls': { up: nodeControls },
  '0035-typed-urgency': { up: typedUrgency },
  '0036-kinds-of-jobs': { up: kindsOfJobs },
  '0037-redrives': { up: redrives },
}

import type { FaxContact } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import type { WorkItemDetailRow } from '../../store/work-items.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  refused,
  type ReviewDependencies,
  toAuditSubject,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'
import { readDraft } from '../answers/read-draft.ts'
import { type DocumentOutcome, readDocument } from './read-document.ts'

export type FaxContactOutcome =
  | { readonly outcome: 'contact'; readonly contact: FaxContact; readonly isRemembered: boolean }
  | ReturnType<typeof unknownItem>

/** The fax contact of this order: as somebody in the practice typed it for this payer, or from the form and the practice's last fax. */
export async function readFaxContact(
  scope: Scope,
  workItemId: string,
  dependencies: ReviewDependencies,
): Promise<FaxContactOutcome> {
  const { store } = dependencies
  const draft = await readDraft(scope, workItemId, dependencies)
  if (draft === undefined) return unknownItem(workItemId)
  const { practice_id: practiceId, payer_name: payerName } = draft.item
  const kept = await store.faxContacts.find(practiceId, contactKeyOf(draft.item))
  const own = kept ?? (await store.faxContacts.newest(practiceId))
  const onForm = (role: string) => draft.formValues[`values.${role}`] ?? ''
  return {
    outcome: 'contact',
    isRemembered: kept !== undefined,
    contact: {
      recipient: kept?.recipient ?? payerName ?? '',
      recipientFax: kept?.recipient_fax ?? onForm('payer.fax'),
      sender: own?.sender ?? onForm('requester.organization'),
      senderPhone:
        own?.sender_phone ?? (onForm('requester.organizationPhone') || onForm('requester.phone')),
      senderFax: own?.sender_fax ?? onForm('requester.fax'),
    },
  }
}

/** Stores the contact for the next fax to this payer. It is not part of what is approved. */
export async function keepFaxContact(
  scope: Scope,
  {
    workItemId,
    actor,
    contact,
  }: { readonly workItemId: string; readonly actor: string; readonly contact: FaxContact },
  { store, clock }: Pick<ReviewDependencies, 'store' | 'clock'>,
): Promise<ChangeOutcome> {
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return unknownItem(workItemId)
  await store.transaction('Review', async (transaction) => {
    await transaction.faxContacts.put({
      practice_id: item.practice_id,
      payer_name: contactKeyOf(item),
      recipient: contact.recipient,
      recipient_fax: contact.recipientFax,
      sender: contact.sender,
      sender_phone: contact.senderPhone === '' ? null : contact.senderPhone,
      sender_fax: contact.senderFax === '' ? null : contact.senderFax,
      entered_by: actor,
      entered_at: clock.now(),
    })
    transaction.acted({ subjects: [toAuditSubject(item)], detail: 'fax_contact' })
  })
  return done
}

/** The approved document after the cover page of a fax. A draft is not faxed: nobody has approved what it says. */
export async function readFax(
  scope: Scope,
  workItemId: string,
  dependencies: ReviewDependencies,
): Promise<DocumentOutcome> {
  const { store, forms, timeOf, clock } = dependencies
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return unknownItem(workItemId)
  const { practice_id: practiceId } = item
  if (item.review !== 'approved' && item.review !== 'submitted')
    return refused('not_approved', 'only an approved form can be faxed; approve it first')
  const contact = await store.faxContacts.find(practiceId, contactKeyOf(item))
  if (contact === undefined)
    return refused('fax_contact_needed', 'type the fax number of the payer first')
  const document = await readDocument(scope, workItemId, dependencies)
  if (document.outcome !== 'document') return document
  const cover = {
    to: { name: contact.recipient, fax: contact.recipient_fax },
    from: {
      practice: contact.sender,
      ...(item.provider_name === null ? {} : { provider: item.provider_name }),
      ...(contact.sender_phone === null ? {} : { phone: contact.sender_phone }),
      ...(contact.sender_fax === null ? {} : { fax: contact.sender_fax }),
    },
    date: timeOf(practiceId, clock.now()),
    reference: workItemId.slice(0, referenceLength),
  }
  const fax = await tryForm((signal) => forms.assemble({ pdf: document.pdf, cover }, signal))
  return isRefused(fax) ? fax : { outcome: 'document', ...fax }
}

/** Enough characters of the work item's id to find the order again. */
const referenceLength = 11

/** The fax number of an order without a payer is stored for that order alone: another such order may have another payer. */
function contactKeyOf({
  payer_name: payerName,
  work_item_id: workItemId,
}: Pick<WorkItemDetailRow, 'payer_name' | 'work_item_id'>): string {
  return payerName ?? `order ${workItemId}`
}

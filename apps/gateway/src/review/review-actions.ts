import type { PayerStepRequest } from '@authscript/prior-auth'
import type { Scope } from '../store/scope.ts'
import type { Signer } from '../store/signatures.ts'
import { addNote } from './actions/add-note.ts'
import { type Approval, approveWorkItem } from './actions/approve-work-item.ts'
import { closeWorkItem } from './actions/close-work-item.ts'
import { askForInformation, endInformationRequest } from './actions/information-request.ts'
import { handOverWorkItem } from './actions/hand-over-work-item.ts'
import { readMention } from './actions/read-mention.ts'
import { recordPayerStep } from './actions/record-payer-step.ts'
import { recordSent, undoSent } from './actions/record-sent.ts'
import { reopenWorkItem } from './actions/reopen-work-item.ts'
import { changeAnswer } from './answers/change-answer.ts'
import { changeForm } from './answers/change-form.ts'
import { readDraft } from './answers/read-draft.ts'
import { restoreAnswer } from './answers/restore-answer.ts'
import { attachFile } from './attachments/attach-file.ts'
import { removeAttachment } from './attachments/remove-attachment.ts'
import type { ReviewDependencies, SeenItem } from './change-outcome.ts'
import { keepFaxContact, readFax, readFaxContact } from './documents/fax-document.ts'
import { readDocument } from './documents/read-document.ts'
import { keepSignature } from './signature.ts'

/** What people do with one work item. Each is refused when the item has changed since the person looked. */
export type ReviewActions = ReturnType<typeof createReviewActions>

export function createReviewActions(dependencies: ReviewDependencies) {
  return {
    read: (scope: Scope, workItemId: string) => readDraft(scope, workItemId, dependencies),
    changeAnswer: (scope: Scope, change: Parameters<typeof changeAnswer>[1]) =>
      changeAnswer(scope, change, dependencies),
    restoreAnswer: (scope: Scope, change: Parameters<typeof restoreAnswer>[1]) =>
      restoreAnswer(scope, change, dependencies),
    changeForm: (scope: Scope, change: Parameters<typeof changeForm>[1]) =>
      changeForm(scope, change, dependencies),
    approve: (scope: Scope, approval: Approval) => approveWorkItem(scope, approval, dependencies),
    close: (scope: Scope, closing: SeenItem & { readonly reason?: string | undefined }) =>
      closeWorkItem(scope, closing, dependencies),
    reopen: (scope: Scope, seen: SeenItem) => reopenWorkItem(scope, seen, dependencies),
    handOver: (scope: Scope, handOver: Parameters<typeof handOverWorkItem>[1]) =>
      handOverWorkItem(scope, handOver, dependencies),
    recordPayerStep: (scope: Scope, entry: SeenItem & { readonly step: PayerStepRequest }) =>
      recordPayerStep(scope, entry, dependencies),
    recordSent: (scope: Scope, entry: Parameters<typeof recordSent>[1]) =>
      recordSent(scope, entry, dependencies),
    undoSent: (scope: Scope, entry: Parameters<typeof undoSent>[1]) =>
      undoSent(scope, entry, dependencies),
    askForInformation: (scope: Scope, ask: Parameters<typeof askForInformation>[1]) =>
      askForInformation(scope, ask, dependencies),
    endInformationRequest: (scope: Scope, end: Parameters<typeof endInformationRequest>[1]) =>
      endInformationRequest(scope, end, dependencies),
    attachFile: (scope: Scope, attachment: Parameters<typeof attachFile>[1]) =>
      attachFile(scope, attachment, dependencies),
    removeAttachment: (scope: Scope, removal: Parameters<typeof removeAttachment>[1]) =>
      removeAttachment(scope, removal, dependencies),
    keepSignature: (signer: Signer, file: Uint8Array) => keepSignature(signer, file, dependencies),
    document: (scope: Scope, workItemId: string) => readDocument(scope, workItemId, dependencies),
    faxContact: (scope: Scope, workItemId: string) =>
      readFaxContact(scope, workItemId, dependencies),
    keepFaxContact: (scope: Scope, entry: Parameters<typeof keepFaxContact>[1]) =>
      keepFaxContact(scope, entry, dependencies),
    fax: (scope: Scope, workItemId: string) => readFax(scope, workItemId, dependencies),
    addNote: (scope: Scope, note: Parameters<typeof addNote>[1]) =>
      addNote(scope, note, dependencies),
    readMention: (scope: Scope, reading: Parameters<typeof readMention>[1]) =>
      readMention(scope, reading, dependencies),
  }
}

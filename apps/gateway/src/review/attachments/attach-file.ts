import { createHash } from 'node:crypto'
import { attachmentName, draftedStates, fileSize, isDrafted } from '@authscript/prior-auth'
import type { Scope } from '../../store/scope.ts'
import {
  type ChangeOutcome,
  done,
  isRefused,
  refused,
  type ReviewDependencies,
  type SeenItem,
  stale,
  tryForm,
  unknownItem,
} from '../change-outcome.ts'

/**
 * Adds a person's file to a draft. Its pages are sent with the form. The same file is attached only once, so that a button pressed twice
 * adds one file.
 */
export async function attachFile(
  scope: Scope,
  seen: SeenItem & { readonly name: string; readonly file: Uint8Array },
  { store, forms, attachmentLimits, clock }: ReviewDependencies,
): Promise<ChangeOutcome> {
  const { workItemId, version, actor, file } = seen
  const item = await store.workItems.find(scope, workItemId)
  if (item === undefined) return unknownItem(workItemId)
  const fileSha256 = createHash('sha256').update(file).digest('hex')
  const attached = await store.attachments.list(workItemId)
  if (attached.some((one) => one.file_sha256 === fileSha256)) return done
  if (item.version !== version) return stale
  if (!isDrafted(item.review) || !item.has_form)
    return refused('not_drafted', 'files can be attached to a draft with a form only')
  const { maxFiles, maxFileBytes, maxTotalBytes } = attachmentLimits
  if (attached.length >= maxFiles)
    return refused(
      'too_many_attachments',
      `this order has ${attached.length} files already; at most ${maxFiles} can be attached`,
    )
  if (file.byteLength > maxFileBytes)
    return refused('attachment_unusable', `the file is larger than ${fileSize(maxFileBytes)}`)
  const prepared = await tryForm((signal) =>
    forms.prepareAttachment(file, { holder: actor, signal }),
  )
  if (isRefused(prepared)) return prepared
  if ('unusable' in prepared) return refused('attachment_unusable', prepared.unusable)
  const total = attached.reduce((sum, one) => sum + one.pdf_bytes, prepared.pdf.byteLength)
  if (total > maxTotalBytes)
    return refused(
      'attachments_too_large',
      `with this file the attachments would have ${fileSize(total)}; at most ${fileSize(maxTotalBytes)} travel with a form`,
    )

  const name = attachmentName(seen.name, prepared.type)
  return store.transaction('Review', async (transaction) => {
    const now = clock.now()
    const changed = await transaction.workItems.change(
      { workItemId, version, from: draftedStates },
      {},
      now,
    )
    if (changed === undefined) return stale
    await transaction.attachments.add(
      {
        workItemId,
        name,
        type: prepared.type,
        fileSha256,
        fileBytes: file.byteLength,
        pdf: prepared.pdf,
        pages: prepared.pages,
        addedBy: actor,
      },
      now,
    )
    const data = { name, pages: prepared.pages }
    await transaction.history.add(
      { workItemId, version: changed.version, actor, kind: 'attached', data },
      now,
    )
    transaction.workItemStatusChanged(changed)
    return done
  })
}

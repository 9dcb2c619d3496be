import { type AttachmentView, fileSize } from '@authscript/prior-auth'
import { Paperclip, Trash2, TriangleAlert } from 'lucide-react'
import { useRef } from 'react'
import { attachmentUrl } from '../../../api/client.ts'
import { reviewRequests } from '../../../api/review.ts'
import { quietButton, secondaryButton } from '../../../ui/buttons.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useReview } from '../review-state.tsx'
import { clockTime } from '../times.ts'
import type { AttachFiles } from './use-attach-files.ts'

/** The files that travel with the form, and the way to add one. */
export function AttachmentsSection({ attach }: { attach: AttachFiles }) {
  const { order, isDraft, isEditable } = useReview()
  const remove = useChange(reviewRequests.removeAttachment)
  const input = useRef<HTMLInputElement>(null)
  const { attachments } = order
  const { maxFileBytes, maxFiles } = order.attachmentLimits
  if (attachments.length === 0 && !isDraft) return null
  return (
    <section
      aria-label="Attachments"
      data-attachments
      className="space-y-2 border-b border-line px-4 py-2"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <h3 className="font-medium">
          Attachments{attachments.length > 0 && ` (${attachments.length})`}
        </h3>
        {isDraft && (
          <>
            <button
              type="button"
              disabled={!attach.isPossible || attach.isPending || attachments.length >= maxFiles}
              onClick={() => input.current?.click()}
              className={`${secondaryButton} text-xs`}
            >
              <Paperclip aria-hidden className="size-3.5" />
              {attach.isPending ? 'Attaching…' : 'Attach a file'}
            </button>
            <input
              ref={input}
              type="file"
              multiple
              hidden
              aria-label="Files to attach"
              accept="application/pdf,image/png,image/jpeg"
              onChange={(event) => {
                attach.add([...(event.target.files ?? [])])
                // The same file can be chosen again.
                event.target.value = ''
              }}
            />
          </>
        )}
      </div>
      {attachments.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {attachments.map((attachment) => (
            <Attachment
              key={attachment.attachmentId}
              attachment={attachment}
              workItemId={order.workItemId}
              {...(isDraft
                ? {
                    onRemove: () => remove.mutate({ attachmentId: attachment.attachmentId }),
                    isOff: !isEditable || remove.isPending,
                  }
                : {})}
            />
          ))}
        </ul>
      )}
      {isDraft && (
        <p className="text-xs text-soft">
          {attachments.length >= maxFiles
            ? `An order has at most ${maxFiles} files.`
            : `PDF, PNG or JPEG, at most ${fileSize(maxFileBytes)} each. They travel with the form. You can also drop them on the page.`}
        </p>
      )}
      <div aria-live="polite">
        {attach.refusals.map(({ name, why }) => (
          <p
            key={name}
            data-refused
            className="mb-1 flex gap-2 rounded-lg bg-bad-soft p-2.5 break-words text-bad"
          >
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span className="min-w-0">
              <bdi>{name}</bdi> was not attached: {why}.
            </span>
          </p>
        ))}
      </div>
      <RequestFailure error={attach.error} onLooked={attach.forget} />
      <RequestFailure error={remove.error} onLooked={() => remove.reset()} />
    </section>
  )
}

function Attachment({
  attachment: { attachmentId, name, sizeBytes, pages, addedBy, addedAt },
  workItemId,
  onRemove,
  isOff = false,
}: {
  attachment: AttachmentView
  workItemId: string
  onRemove?: () => void
  isOff?: boolean
}) {
  return (
    <li data-attachment={attachmentId} className="flex items-center gap-2 px-2.5 py-1">
      <span className="min-w-0 grow">
        <a
          href={attachmentUrl(workItemId, attachmentId)}
          target="_blank"
          rel="noreferrer"
          title={name}
          className="block truncate font-medium text-accent underline"
        >
          <bdi>{name}</bdi>
        </a>
        <span className="block truncate text-xs text-soft">
          {pages === 1 ? '1 page' : `${pages} pages`}, {fileSize(sizeBytes)}, {addedBy},{' '}
          {clockTime(addedAt)}
        </span>
      </span>
      {onRemove !== undefined && (
        <button
          type="button"
          disabled={isOff}
          onClick={onRemove}
          aria-label={`Remove ${name}`}
          title="Remove"
          className={`${quietButton} px-2`}
        >
          <Trash2 aria-hidden className="size-4" />
        </button>
      )}
    </li>
  )
}

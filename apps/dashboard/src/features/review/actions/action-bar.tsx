import type { Answer } from '@authscript/prior-auth'
import { Menu } from '@base-ui/react/menu'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Ellipsis, History, Keyboard, UserRound } from 'lucide-react'
import { client, documentUrl } from '../../../api/client.ts'
import { reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, secondaryButton } from '../../../ui/buttons.ts'
import { menuItem, menuPopup } from '../../../ui/menu.ts'
import { AskDialog } from '../information/ask-dialog.tsx'
import { openQuestionWords } from '../information/open-question-words.ts'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useReview } from '../review-state.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { FaxDialog } from './fax-dialog.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { approveWords } from './approve-words.ts'
import { printForm } from './print-form.ts'
import { useOtherPatient } from '../other-patient.tsx'
import { ReprocessDialog } from './reprocess-dialog.tsx'
import { CloseDialog } from './close-dialog.tsx'
import { ShortcutsDialog } from '../../../ui/shortcuts.tsx'

export type OpenDialog =
  | 'approve'
  | 'ask'
  | 'close'
  | 'hand_over'
  | 'reprocess'
  | 'fax'
  | 'shortcuts'
  | undefined

/** What can be done with the order now, by this person. */
export function ActionBar({
  unsettled,
  dialog,
  onDialog,
  onAsk,
  onHistory,
}: {
  unsettled: readonly Answer[]
  dialog: OpenDialog
  onDialog: (dialog: OpenDialog) => void
  onAsk: () => void
  onHistory: () => void
}) {
  const { order, isClinician, isDraft, isWorker, offlineReason } = useReview()
  const reopen = useChange(reviewRequests.reopen)
  const cache = useQueryClient()
  const reprocess = useMutation({
    mutationFn: () => client.reprocess(order),
    // The history says who had the chart read again.
    onSuccess: () => cache.invalidateQueries({ queryKey: ['work-item'] }),
  })
  const isOff = offlineReason !== undefined
  const isOtherPatient = useOtherPatient().state === 'other'
  const approving = approveWords({
    verdict: order.analysis.outcome === 'assessed' ? order.analysis.verdict : undefined,
    unsettledCount: unsettled.length,
  })
  // A draft waits for the answer; once it is approved, a note asks.
  const askWords = isDraft ? 'Ask for information' : 'Write a note'
  const isAsked = isDraft && order.informationRequest !== null
  const isOpenForWork = order.review !== 'closed' && order.review !== 'superseded'
  return (
    <footer className="z-10 border-t border-line bg-panel px-4 py-2 narrow:sticky narrow:bottom-0">
      {offlineReason !== undefined && (
        <p role="status" className="pb-2 font-medium text-warn">
          {offlineReason}
        </p>
      )}
      {order.review === 'superseded' && (
        <p className="pb-2 font-medium text-warn">
          The encounter was re-opened in the EHR, or the order is gone. This draft is out of date.
        </p>
      )}
      {order.review === 'closed' && (
        <p dir="auto" className="pb-2 text-left font-medium break-words text-soft">
          This order is closed{order.closedReason === null ? '.' : `: ${order.closedReason}`}
        </p>
      )}
      <RequestFailure error={reopen.error} onLooked={() => reopen.reset()} />
      <RequestFailure error={reprocess.error} onLooked={() => reprocess.reset()} />
      <div className="flex flex-wrap items-center gap-2">
        {isDraft && isClinician && order.form !== null && !isOtherPatient && (
          <button
            type="button"
            disabled={isOff}
            onClick={() => onDialog('approve')}
            data-primary={approving.isPrimary || undefined}
            className={approving.isPrimary ? primaryButton : secondaryButton}
          >
            <Check aria-hidden className="size-4" /> Approve
            <span className="max-[479px]:sr-only">{approving.rest}</span>
          </button>
        )}
        {isDraft && isWorker && !isClinician && order.form !== null && (
          <button
            type="button"
            disabled={isOff}
            onClick={() => onDialog('hand_over')}
            className={primaryButton}
          >
            <UserRound aria-hidden className="size-4" /> Hand to a clinician
          </button>
        )}
        {isWorker && (order.review === 'closed' || order.review === 'approved') && (
          <button
            type="button"
            disabled={isOff || reopen.isPending}
            onClick={() => reopen.mutate(undefined)}
            className={secondaryButton}
          >
            {order.review === 'closed' ? 'Re-open' : 'Withdraw the approval'}
          </button>
        )}
        {isWorker && isOpenForWork && !isAsked && (
          <button
            type="button"
            disabled={isDraft && isOff}
            onClick={onAsk}
            className={`${isDraft && isClinician && order.stage === 'needs_information' ? primaryButton : secondaryButton} max-[479px]:hidden`}
          >
            {askWords}
          </button>
        )}
        {isWorker && isOpenForWork && (
          <button
            type="button"
            disabled={isOff}
            onClick={() => onDialog('close')}
            className={`${secondaryButton} narrow:hidden`}
          >
            Close order
          </button>
        )}
        <Menu.Root>
          <Menu.Trigger className={secondaryButton}>
            <Ellipsis aria-hidden className="size-4" />
            <span className="max-[479px]:sr-only">More</span>
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Positioner align="start" side="top" sideOffset={4} className="z-30">
              <Menu.Popup className={menuPopup}>
                {isWorker && isOpenForWork && !isAsked && (
                  <Menu.Item
                    disabled={isDraft && isOff}
                    onClick={onAsk}
                    className={`${menuItem} min-[480px]:hidden`}
                  >
                    {askWords}
                  </Menu.Item>
                )}
                {isWorker && isOpenForWork && (
                  <Menu.Item
                    disabled={isOff}
                    onClick={() => onDialog('close')}
                    className={`${menuItem} desk:hidden`}
                  >
                    Close order
                  </Menu.Item>
                )}
                {isDraft && isClinician && order.form !== null && (
                  <Menu.Item
                    disabled={isOff}
                    onClick={() => onDialog('hand_over')}
                    className={menuItem}
                  >
                    Hand to another clinician
                  </Menu.Item>
                )}
                {isWorker && (
                  <Menu.Item
                    disabled={isOff || reprocess.isPending}
                    onClick={() =>
                      order.review === 'approved' || order.review === 'submitted'
                        ? onDialog('reprocess')
                        : reprocess.mutate()
                    }
                    className={menuItem}
                  >
                    Reprocess: read the chart again
                  </Menu.Item>
                )}
                {order.form !== null && (
                  <Menu.Item
                    disabled={isOff}
                    onClick={() => printForm(documentUrl(order.workItemId, order.version))}
                    className={menuItem}
                  >
                    {order.attachments.length === 0 ? 'Print the form' : 'Print with attachments'}
                  </Menu.Item>
                )}
                {isWorker && (order.review === 'approved' || order.review === 'submitted') && (
                  <Menu.Item disabled={isOff} onClick={() => onDialog('fax')} className={menuItem}>
                    Print with a fax page
                  </Menu.Item>
                )}
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
        {reprocess.isSuccess && (
          <span role="status" className="text-soft">
            The chart is being read again.
          </span>
        )}
        <span className="grow" />
        <button type="button" onClick={onHistory} className={quietButton}>
          <History aria-hidden className="size-4" />
          <span className="max-[639px]:sr-only">Notes and history</span>
          {order.mentionsMe && (
            <span className="rounded-full bg-accent-soft px-2 text-xs font-semibold text-accent">
              mentions you
            </span>
          )}
        </button>
        <button
          type="button"
          aria-label="Shortcuts"
          title="Shortcuts (?)"
          onClick={() => onDialog('shortcuts')}
          className={`${quietButton} narrow:hidden`}
        >
          <Keyboard aria-hidden className="size-4" />
        </button>
      </div>
      {dialog === 'approve' && (
        <ApproveDialog unsettled={unsettled} onClose={() => onDialog(undefined)} />
      )}
      {dialog === 'ask' && (
        <AskDialog offered={openQuestionWords(order)} onClose={() => onDialog(undefined)} />
      )}
      {dialog === 'reprocess' && (
        <ReprocessDialog
          onConfirm={() => {
            onDialog(undefined)
            reprocess.mutate()
          }}
          onClose={() => onDialog(undefined)}
        />
      )}
      {dialog === 'close' && <CloseDialog onClose={() => onDialog(undefined)} />}
      {dialog === 'hand_over' && <HandOverDialog onClose={() => onDialog(undefined)} />}
      {dialog === 'fax' && <FaxDialog onClose={() => onDialog(undefined)} />}
      {dialog === 'shortcuts' && <ShortcutsDialog onClose={() => onDialog(undefined)} />}
    </footer>
  )
}

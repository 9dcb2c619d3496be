import { type Answer, americanDate, type ReviewView } from '@authscript/prior-auth'
import { type FormEvent, useId, useState } from 'react'
import { isProofNeeded } from '../../../api/account.ts'
import { openQuestionsOf, reviewRequests } from '../../../api/review.ts'
import { primaryButton, quietButton, textInput } from '../../../ui/buttons.ts'
import { DialogFrame } from '../../../ui/dialog-frame.tsx'
import { ProofForm } from '../../account/proof-form.tsx'
import { boxOf, shownValue } from '../form/form-boxes.ts'
import { ChangesByPeople } from './changes-by-people.tsx'
import { NotSaved } from './not-saved.tsx'
import { SignatureTick } from './signature-tick.tsx'
import { OtherPatientWarning, useOtherPatient } from '../other-patient.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'
import { useTypedText } from '../typed-text.tsx'

/** Shows exactly what is approved. Open questions and those that are answered No need a reason. */
export function ApproveDialog({
  unsettled,
  onClose,
}: {
  unsettled: readonly Answer[]
  onClose: () => void
}) {
  const { order, offlineReason, signedInAs, unsaved } = useReview()
  const notSaved = unsaved()
  const isOtherPatient = useOtherPatient().state === 'other'
  const approve = useChange(reviewRequests.approve)
  const [reason, setReason] = useState('')
  /** Never ticked in advance: the signer must choose to place it. */
  const [placeSignature, setPlaceSignature] = useState(false)
  const id = useId()
  useKeptVersion(true)
  useTypedText(reason.trim() !== '', 'the reason for approving')

  const needsReason = unsettled.length > 0 || openQuestionsOf(approve.error) !== undefined
  const isReady =
    (!needsReason || reason.trim() !== '') &&
    offlineReason === undefined &&
    notSaved.length === 0 &&
    !isOtherPatient
  const confirm = (event?: FormEvent) => {
    event?.preventDefault()
    if (isReady && !approve.isPending)
      approve.mutate({ reason, placeSignature }, { onSuccess: onClose })
  }
  return (
    <DialogFrame title="Approve and file to chart" onClose={onClose}>
      <form
        onSubmit={confirm}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          event.stopPropagation()
          confirm()
        }}
        className="space-y-3"
      >
        {isOtherPatient && (
          <div className="rounded-lg bg-bad-soft px-3 py-2">
            <OtherPatientWarning />
          </div>
        )}
        <WhatIsApproved order={order} signedInAs={signedInAs} />
        <ChangesByPeople order={order} />
        <NotSaved what={notSaved} effect="It would not be part of the approval" />
        {unsettled.length > 0 && <Unsettled unsettled={unsettled} />}
        {order.missingFields.length > 0 && (
          <p className="rounded-lg bg-warn-soft px-3 py-2 text-warn">
            Empty boxes for which payers commonly return a request:{' '}
            {order.missingFields.map((field) => boxOf(field)?.label ?? field).join(', ')}.
          </p>
        )}
        <div>
          <label htmlFor={id} className="block font-medium">
            {needsReason ? 'Why you approve it anyway' : 'Remark (not required)'}
          </label>
          <textarea
            id={id}
            rows={3}
            maxLength={1000}
            required={needsReason}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className={`${textInput} mt-1`}
          />
        </div>
        <SignatureTick isTicked={placeSignature} onTick={setPlaceSignature} />
        {!isProofNeeded(approve.error) && (
          <RequestFailure error={approve.error} onLooked={() => approve.reset()} />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <button type="button" onClick={onClose} className={quietButton}>
            Cancel
          </button>
          <button type="submit" disabled={!isReady || approve.isPending} className={primaryButton}>
            {approve.isPending ? 'Approving…' : 'Approve and file to chart'}
          </button>
        </div>
      </form>
      {isProofNeeded(approve.error) && (
        <ProofForm
          why="Your practice asks you to prove who you are before you approve."
          onProved={confirm}
        />
      )}
    </DialogFrame>
  )
}

function WhatIsApproved({
  order,
  signedInAs,
}: {
  order: ReviewView
  signedInAs: string | undefined
}) {
  const pages = order.documentPages
  const review = reviewTypeOf(order)
  const lines: readonly (readonly [string, string])[] = [
    [
      'Patient',
      [
        order.patientName ?? 'unknown',
        order.birthDate === null ? undefined : `born ${americanDate(order.birthDate)}`,
      ]
        .filter((part) => part !== undefined)
        .join(', '),
    ],
    [
      'Order',
      [order.orderDescription ?? 'Order', order.procedureCode]
        .filter((part) => part !== null)
        .join(', '),
    ],
    ['Payer', order.payerName ?? 'unknown'],
    ['Provider', order.providerName ?? 'unknown'],
    ...(review === undefined ? [] : [['Review', review] as const]),
    ['Form', 'the one shown on this page'],
    [
      'Attachments',
      order.attachments.length === 0
        ? 'none'
        : order.attachments.map(({ name }) => name).join(', '),
    ],
    ['Together', pages === 1 ? 'one page' : `${pages} pages`],
    ['Approved by', signedInAs ?? 'unknown'],
  ]
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1">
      {lines.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-soft">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** As on the form: an urgent review is blank there until its reason is given. */
function reviewTypeOf({ formValues, missingFields }: ReviewView): string | undefined {
  const field = 'choices.review'
  const [box, value] = [boxOf(field), formValues[field] ?? '']
  return box === undefined || value === '' || missingFields.includes(field)
    ? undefined
    : shownValue(box, value)
}

function Unsettled({ unsettled }: { unsettled: readonly Answer[] }) {
  const open = unsettled.filter(({ answer }) => answer === 'unclear')
  const answeredNo = unsettled.filter(({ answer }) => answer !== 'unclear')
  return (
    <div className="space-y-2 rounded-lg bg-warn-soft px-3 py-2 text-warn">
      <QuestionList
        title={
          open.length === 1
            ? 'One question is not settled:'
            : `${open.length} questions are not settled:`
        }
        answers={open}
      />
      <QuestionList
        title={
          answeredNo.length === 1
            ? 'One question is answered No, which needs a reason:'
            : `${answeredNo.length} questions are answered No, which needs a reason:`
        }
        answers={answeredNo}
      />
    </div>
  )
}

function QuestionList({ title, answers }: { title: string; answers: readonly Answer[] }) {
  if (answers.length === 0) return null
  return (
    <div>
      <p className="font-medium">{title}</p>
      <ul className="mt-1 list-disc space-y-0.5 pl-5">
        {answers.map(({ criterionId, question }) => (
          <li key={criterionId}>{question}</li>
        ))}
      </ul>
    </div>
  )
}

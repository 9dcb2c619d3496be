import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { reviewQueries, reviewRequests } from '../../../api/review.ts'
import { ActDialog } from '../../../ui/act-dialog.tsx'
import { notify } from '../../../ui/notify.ts'
import { NotSaved } from './not-saved.tsx'
import { PersonInput } from './person-input.tsx'
import { RequestFailure } from '../request-failure.tsx'
import { useChange, useKeptVersion, useReview } from '../review-state.tsx'

/** Gives the order to a clinician, who then finds it under "Mine" as ready to sign. */
export function HandOverDialog({ onClose }: { onClose: () => void }) {
  const { offlineReason, signedInAs, unsaved } = useReview()
  const clinicians = useQuery(reviewQueries.clinicians())
  const handOver = useChange(reviewRequests.handOver)
  const [owner, setOwner] = useState('')
  const id = useId()
  useKeptVersion(true)
  const notSaved = unsaved()
  const names = (clinicians.data ?? []).filter((name) => name !== signedInAs)
  const submit = () => {
    const name = owner.trim()
    handOver.mutate(
      { owner: name },
      {
        onSuccess() {
          onClose()
          void notify(`Handed to ${name}, who finds it under “Mine”`)
        },
      },
    )
  }
  return (
    <ActDialog
      title="Hand to a clinician"
      action="Hand over"
      isOff={
        handOver.isPending ||
        owner.trim() === '' ||
        offlineReason !== undefined ||
        notSaved.length > 0
      }
      onAct={submit}
      onClose={onClose}
    >
      <p>The clinician becomes the owner, finds the order under “Mine” and is to sign it.</p>
      <NotSaved what={notSaved} effect="The clinician would not see it" />
      <PersonInput id={id} label="Clinician" names={names} value={owner} onChange={setOwner} />
      <RequestFailure error={handOver.error} onLooked={() => handOver.reset()} />
    </ActDialog>
  )
}

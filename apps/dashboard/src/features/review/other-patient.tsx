import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { ehrLink } from '../../embedded/this-window.ts'
import { useEhr } from '../../embedded/use-ehr-link.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { useReview } from './review-state.tsx'

/** `other`: the EHR shows the chart of a patient other than the order's, and nobody has said that this order is meant. */
export type PatientMatch = 'same' | 'other' | 'chosen'

export function useOtherPatient(): { readonly state: PatientMatch; readonly choose: () => void } {
  const { workItemId, patientId, practiceId } = useReview().order
  const { frame, shownPatient, chosenOrder } = useEhr()
  const isSame =
    frame === undefined ||
    shownPatient === null ||
    (shownPatient === patientId && frame.practiceId === practiceId)
  return {
    state: isSame ? 'same' : chosenOrder === workItemId ? 'chosen' : 'other',
    choose: () => ehrLink.choose(workItemId),
  }
}

/** Stays as long as the EHR shows the chart of another patient: a form for the wrong one must not be approved. */
export function OtherPatientBanner() {
  const { state } = useOtherPatient()
  if (state === 'same') return null
  if (state === 'chosen')
    return (
      <p role="status" className="border-b border-line bg-warn-soft px-4 py-2 text-warn">
        The EHR shows another patient. You chose to continue with this order.
      </p>
    )
  return (
    <div className="border-b border-line bg-bad-soft px-4 py-3">
      <OtherPatientWarning />
    </div>
  )
}

/** What is wrong, and what a person can do. */
export function OtherPatientWarning() {
  const { order } = useReview()
  const { frame, shownPatient } = useEhr()
  const { choose } = useOtherPatient()
  return (
    <div role="alert" className="flex items-start gap-3 text-bad">
      <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0 space-y-2">
        <p>
          <strong className="block text-base">The EHR shows another patient</strong>
          This order is for {order.patientName ?? 'a patient without a name'}. The chart in the EHR
          is somebody else’s. To work on that patient, open AuthScript again from the chart.
        </p>
        <div className="flex flex-wrap gap-2">
          {frame !== undefined && shownPatient !== null && (
            <Link
              to="/chart"
              search={{ practiceId: frame.practiceId, patientId: shownPatient }}
              className={secondaryButton}
            >
              Orders of that patient
            </Link>
          )}
          <button type="button" onClick={choose} className={secondaryButton}>
            Continue with this order
          </button>
        </div>
      </div>
    </div>
  )
}

import { useEhr, useEhrAct, waitWords } from '../../../embedded/use-ehr-link.ts'
import { secondaryButton } from '../../../ui/buttons.ts'

/** The form is in the chart, but the EHR around us still shows the chart without it. It loads its whole page again, so only a person asks. */
export function ReloadChart() {
  const { canSend } = useEhr()
  const { act, waitSeconds } = useEhrAct('notifyPatientDataChange')
  if (!canSend) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <button type="button" disabled={waitSeconds > 0} onClick={act} className={secondaryButton}>
        Reload the chart in the EHR
      </button>
      <span className="text-soft">
        {waitSeconds > 0
          ? `The EHR was asked (${waitWords(waitSeconds)}).`
          : 'Save what you typed in the EHR first.'}
      </span>
    </div>
  )
}

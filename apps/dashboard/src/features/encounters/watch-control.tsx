import type { RegistrationView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { unwatchEncounter, watchEncounter, watchedEncounters } from '../../api/encounters.ts'
import { useIsConnected } from '../../connection/connection.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { notify } from '../../ui/notify.ts'

/** Ends the watch over one encounter, or begins it again. */
export function WatchControl({ encounter }: { encounter: RegistrationView }) {
  const { practiceId, patientId, encounterId, watch } = encounter
  const isConnected = useIsConnected()
  const cache = useQueryClient()
  const isEnded = watch === 'ended'
  const change = useMutation({
    mutationFn: () =>
      isEnded
        ? watchEncounter({ practiceId, patientId, encounterId })
        : unwatchEncounter({ practiceId, encounterId }),
    onError: (error) => void notify(error.message),
    onSettled: () => cache.invalidateQueries({ queryKey: watchedEncounters().queryKey }),
  })
  return (
    <button
      type="button"
      disabled={change.isPending || !isConnected}
      onClick={() => change.mutate()}
      className={`${secondaryButton} self-center justify-self-end max-[700px]:justify-self-start`}
    >
      {isEnded ? 'Watch again' : 'Stop watching'}
      <span className="sr-only"> {encounterId}</span>
    </button>
  )
}

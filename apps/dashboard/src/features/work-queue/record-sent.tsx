import type { QueueRow } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RequestFailed } from '../../api/client.ts'
import { recordSent, undoSent } from '../../api/sent.ts'
import { notify } from '../../ui/notify.ts'
import { SentDialog } from './sent-dialog.tsx'

/** Records the selected orders as sent, lists those that were not changed, and undoes it on request. */
export function RecordSent({
  rows,
  onDone,
  onClose,
}: {
  readonly rows: readonly QueueRow[]
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  const cache = useQueryClient()
  const readAgain = () => {
    void cache.invalidateQueries({ queryKey: ['queue-latest'] })
    void cache.invalidateQueries({ queryKey: ['queue-summary'] })
  }
  const undo = async (changed: Parameters<typeof undoSent>[0]) => {
    try {
      const { left } = await undoSent(changed)
      if (left.length > 0)
        await notify(`${countWords(left.length)} changed meanwhile and stayed recorded as sent`)
    } catch (error) {
      await notify(error instanceof RequestFailed ? error.message : 'This could not be undone.')
    } finally {
      readAgain()
    }
  }
  const record = useMutation({
    mutationFn: recordSent,
    onSettled: readAgain,
    onSuccess({ changed, left }) {
      onDone()
      const [first] = left
      const leftWords =
        first === undefined ? '' : `; ${countWords(left.length)} not changed: ${first.reason}`
      void notify(
        `${countWords(changed.length)} recorded as sent${leftWords}`,
        changed.length === 0 ? undefined : { label: 'Undo', run: () => void undo(changed) },
      )
    },
  })
  return (
    <SentDialog
      rows={rows}
      isPending={record.isPending}
      refusal={record.error?.message}
      onRecord={(entry) => record.mutate(entry)}
      onClose={onClose}
    />
  )
}

const countWords = (count: number) => (count === 1 ? '1 order' : `${count} orders`)

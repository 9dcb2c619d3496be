import type { OperationsView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationsActions } from '../../api/operations.ts'
import { secondaryButton } from '../../ui/buttons.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Panel } from './panel.tsx'
import { whenWords } from './times.ts'

const pause = {
  label: 'Pause all nodes',
  question: 'Pause processing on all nodes?',
  consequence:
    'What runs is finished; nothing new begins on any node, nor on one that starts later, until somebody presses Resume. Encounters are still detected.',
  send: operationsActions.pause,
}
const resume = {
  label: 'Resume all nodes',
  question: 'Resume processing on all nodes?',
  consequence: 'Their workers take what is queued. A node that is drained stays drained.',
  send: operationsActions.resume,
}

/** What an operator can do to all nodes together. */
export function Controls({ view }: { view: OperationsView }) {
  const [isAsking, setIsAsking] = useState(false)
  const cache = useQueryClient()
  const control = view.pause === null ? pause : resume
  const send = useMutation({
    mutationFn: () => control.send(),
    onSuccess: () => setIsAsking(false),
    onSettled: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  })
  return (
    <Panel title="Controls" aside={<span className="text-xs text-soft">of all nodes</span>}>
      <div className="space-y-3 px-4 py-3">
        {!view.mayControl && (
          <p className="text-soft">
            Only an operator of all practices may pause, drain and set workers, because these change
            the work of every practice.
          </p>
        )}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <button
            type="button"
            disabled={!view.mayControl}
            onClick={() => {
              send.reset()
              setIsAsking(true)
            }}
            className={secondaryButton}
          >
            {control.label}
          </button>
          {view.pause !== null && (
            <p className="text-soft">
              Paused by {view.pause.by} since {whenWords(view.pause.since)}
            </p>
          )}
        </div>
      </div>
      {isAsking && (
        <ConfirmDialog
          title={control.question}
          action={control.label}
          isPending={send.isPending}
          error={send.error}
          onConfirm={() => send.mutate()}
          onClose={() => setIsAsking(false)}
        >
          <p>{control.consequence}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

import type { NodeView, OperationsView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { operationsActions } from '../../api/operations.ts'
import { secondaryButton, textInput } from '../../ui/buttons.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { nodeName } from './nodes.tsx'
import { Panel } from './panel.tsx'

const maxWorkers = 1024

interface Control {
  readonly label: string
  readonly question: string
  readonly consequence: string
  send(): Promise<unknown>
}

const pause: Control = {
  label: 'Pause',
  question: 'Pause processing on this node?',
  consequence:
    'What runs is finished; nothing new begins until somebody presses Resume or the node restarts. Other nodes go on, and encounters are still detected.',
  send: operationsActions.pause,
}
const resume: Control = {
  label: 'Resume',
  question: 'Resume processing on this node?',
  consequence: 'Its workers take what is queued.',
  send: operationsActions.resume,
}
const drain: Control = {
  label: 'Drain this node',
  question: 'Drain this node?',
  consequence:
    'It polls nothing and takes no new work, finishes what runs, and stays up for people and streams. Its readiness says that it is drained. Stop it then, or press Take up work.',
  send: operationsActions.drain,
}
const takeUp: Control = {
  label: 'Take up work',
  question: 'Let this node take up work again?',
  consequence: 'It polls and takes what is queued.',
  send: operationsActions.takeUp,
}

/** What an operator can do to the node that answers. */
export function Controls({ view }: { view: OperationsView }) {
  const [asked, setAsked] = useState<Control>()
  const cache = useQueryClient()
  const send = useMutation({
    mutationFn: (control: Control) => control.send(),
    onSuccess: () => setAsked(undefined),
    onSettled: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  })
  const node = view.nodes.find(({ nodeId }) => nodeId === view.nodeId)
  const state = node?.state ?? 'working'
  const isDrained = state === 'draining' || state === 'drained'
  const ask = (control: Control) => {
    send.reset()
    setAsked(control)
  }
  return (
    <Panel
      title="Controls"
      aside={node !== undefined && <span className="text-xs text-soft">of {nodeName(node)}</span>}
    >
      <div className="space-y-3 px-4 py-3">
        {!view.mayControl && (
          <p className="text-soft">
            Only an operator of all practices may use these, because they change the work of every
            practice.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          {[state === 'paused' ? resume : pause, isDrained ? takeUp : drain].map((control) => (
            <button
              key={control.label}
              type="button"
              disabled={!view.mayControl || node === undefined}
              onClick={() => ask(control)}
              className={secondaryButton}
            >
              {control.label}
            </button>
          ))}
        </div>
        {node !== undefined && <Workers node={node} isOff={!view.mayControl} onAsk={ask} />}
      </div>
      {asked !== undefined && (
        <ConfirmDialog
          title={asked.question}
          action={asked.label}
          isPending={send.isPending}
          error={send.error}
          onConfirm={() => send.mutate(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{asked.consequence}</p>
        </ConfirmDialog>
      )}
    </Panel>
  )
}

function Workers({
  node,
  isOff,
  onAsk,
}: {
  node: NodeView
  isOff: boolean
  onAsk: (control: Control) => void
}) {
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const count = Number(typed)
    if (!Number.isInteger(count) || count < 1 || count > maxWorkers) return setIsWrong(true)
    onAsk({
      label: 'Set workers',
      question: `Let this node have ${count} ${count === 1 ? 'worker' : 'workers'}?`,
      consequence: `It has ${node.workerCount} now. The autoscaler, if it is on, may change the number again.`,
      send: () => operationsActions.setWorkers(count),
    })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <label className="w-28">
        <span className="text-xs text-soft">Workers</span>
        <input
          inputMode="numeric"
          value={typed}
          placeholder={String(node.workerCount)}
          disabled={isOff}
          aria-invalid={isWrong}
          onChange={(event) => {
            setTyped(event.target.value.trim())
            setIsWrong(false)
          }}
          className={textInput}
        />
      </label>
      <button type="submit" disabled={isOff || typed === ''} className={secondaryButton}>
        Set
      </button>
      {isWrong && (
        <p role="alert" className="basis-full text-bad">
          Type a whole number from 1 to {maxWorkers}.
        </p>
      )}
    </form>
  )
}

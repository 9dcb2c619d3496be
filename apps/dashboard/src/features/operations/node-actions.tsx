import type { NodeView } from '@authscript/prior-auth'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { operationsActions } from '../../api/operations.ts'
import { quietButton, textInput } from '../../ui/buttons.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { nodeName } from './node-name.ts'

const maxWorkers = 1024

/** What an operator can ask of one node, whichever node answers this page. */
export function NodeActions({ node, isOff }: { node: NodeView; isOff: boolean }) {
  const [asking, setAsking] = useState<'drain' | 'take_up' | 'workers'>()
  const [typed, setTyped] = useState('')
  const [isWrong, setIsWrong] = useState(false)
  const cache = useQueryClient()
  const name = nodeName(node)
  const isDrained = node.state === 'draining' || node.state === 'drained'
  const willBeDrained = node.asked?.act === 'drain' || (isDrained && node.asked?.act !== 'take_up')
  const send = useMutation({
    mutationFn: () => {
      if (asking === 'workers') return operationsActions.setWorkers(node.nodeId, Number(typed))
      return willBeDrained
        ? operationsActions.takeUp(node.nodeId)
        : operationsActions.drain(node.nodeId)
    },
    onSuccess: () => setAsking(undefined),
    onSettled: () => cache.invalidateQueries({ queryKey: ['operations'] }),
  })
  const ask = (what: typeof asking) => {
    send.reset()
    setTyped('')
    setIsWrong(false)
    setAsking(what)
  }
  const confirm = () => {
    const count = Number(typed)
    if (asking === 'workers' && (!Number.isInteger(count) || count < 1 || count > maxWorkers))
      return setIsWrong(true)
    send.mutate()
  }
  const dialog = {
    drain: {
      title: `Drain node ${name}?`,
      action: 'Drain',
      text: 'It polls nothing and takes no new work, finishes what runs, and stays up for people and streams. Its readiness says that it is drained. Stop it then, or press Take up work. After a restart it works.',
    },
    take_up: {
      title: `Let node ${name} take up work again?`,
      action: 'Take up work',
      text: 'It polls and takes what is queued.',
    },
    workers: {
      title: `How many workers does node ${name} get?`,
      action: 'Set workers',
      text: `It has ${node.workerCount} now. The autoscaler, if it is on, may change the number again.`,
    },
  }
  return (
    <div className="-ml-3 flex flex-wrap gap-1">
      <button
        type="button"
        disabled={isOff}
        onClick={() => ask(willBeDrained ? 'take_up' : 'drain')}
        className={quietButton}
      >
        {willBeDrained ? 'Take up work' : 'Drain'}
        <span className="sr-only"> of node {name}</span>
      </button>
      <button type="button" disabled={isOff} onClick={() => ask('workers')} className={quietButton}>
        Set workers<span className="sr-only"> of node {name}</span>
      </button>
      {asking !== undefined && (
        <ConfirmDialog
          title={dialog[asking].title}
          action={dialog[asking].action}
          isPending={send.isPending}
          error={send.error}
          onConfirm={confirm}
          onClose={() => setAsking(undefined)}
        >
          <p>{dialog[asking].text}</p>
          {asking === 'workers' && (
            <label className="block">
              Workers
              <input
                inputMode="numeric"
                value={typed}
                aria-invalid={isWrong}
                onChange={(event) => {
                  setTyped(event.target.value.trim())
                  setIsWrong(false)
                }}
                className={`${textInput} mt-1`}
              />
            </label>
          )}
          {isWrong && (
            <p role="alert" className="text-bad">
              Type a whole number from 1 to {maxWorkers}.
            </p>
          )}
        </ConfirmDialog>
      )}
    </div>
  )
}

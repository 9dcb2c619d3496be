import { useState } from 'react'
import { areSingleKeysOn, setSingleKeys } from './single-keys.ts'
import { DialogFrame } from './dialog-frame.tsx'

const ofReview = [
  ['J', 'next question'],
  ['K', 'previous question'],
  ['Shift + J', 'next order of the queue'],
  ['Shift + K', 'previous order'],
  ['Y', 'answer the selected question Yes'],
  ['N', 'answer it No'],
  ['U', 'answer it Unknown'],
  ['Ctrl + Enter', 'approve, or save what you typed'],
  ['Esc', 'close what is open'],
  ['?', 'show this list'],
] as const

/** The shortcuts of this page, and the switch that turns the single keys off. */
export function ShortcutsDialog({
  rows = ofReview,
  onClose,
}: {
  rows?: readonly (readonly [key: string, what: string])[]
  onClose: () => void
}) {
  const [areOn, setOn] = useState(areSingleKeysOn)
  return (
    <DialogFrame title="Shortcuts" onClose={onClose}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5">
        {rows.map(([key, what]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded border border-edge bg-sunken px-1.5 py-0.5 font-mono text-xs">
                {key}
              </kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={areOn}
          onChange={(event) => {
            setSingleKeys(event.target.checked)
            setOn(event.target.checked)
          }}
          className="size-4 accent-accent"
        />
        Use single keys in this browser
      </label>
    </DialogFrame>
  )
}

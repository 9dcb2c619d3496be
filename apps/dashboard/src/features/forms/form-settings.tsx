import { useId, useState } from 'react'
import { textInput } from '../../ui/buttons.ts'
import type { FormDraft } from './use-form-draft.ts'

/** Name, payers and codes of a form. */
export function FormSettings({ draft: { draft, change } }: { draft: FormDraft }) {
  const ids = { name: useId(), payers: useId(), codes: useId() }
  return (
    <div className="grid gap-3 min-[700px]:grid-cols-3">
      <div>
        <label htmlFor={ids.name} className="block font-medium">
          Name
        </label>
        <input
          id={ids.name}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          className={`${textInput} mt-1`}
        />
      </div>
      <ListInput
        id={ids.payers}
        label="Payers"
        hint="Words of the payer's name, as in Prairie Health. One in each line."
        values={draft.payers}
        onChange={(payers) => change({ payers })}
      />
      <ListInput
        id={ids.codes}
        label="Codes (optional)"
        hint="Only for these, as in 72148 or 70000-76499. Empty: all."
        values={draft.codes}
        onChange={(codes) => change({ codes })}
      />
    </div>
  )
}

function ListInput({
  id,
  label,
  hint,
  values,
  onChange,
}: {
  id: string
  label: string
  hint: string
  values: readonly string[]
  onChange: (values: string[]) => void
}) {
  const [text, setText] = useState(values.join('\n'))
  // Replaced from outside, by what somebody else saved.
  const shown = sameList(listOf(text), values) ? text : values.join('\n')
  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={2}
        value={shown}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setText(event.target.value)
          onChange(listOf(event.target.value))
        }}
        className={`${textInput} mt-1`}
      />
      <p id={`${id}-hint`} className="text-xs text-soft">
        {hint}
      </p>
    </div>
  )
}

const listOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index])

import { useState } from 'react'
import { textInput } from '../../ui/buttons.ts'

/** A list of short texts, one in each line. */
export function ListInput({
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

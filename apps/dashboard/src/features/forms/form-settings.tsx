import { useId } from 'react'
import { textInput } from '../../ui/buttons.ts'
import { ListInput } from './list-input.tsx'
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
        hint="Words of the payer's name, as in Prairie Health. One on each line."
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

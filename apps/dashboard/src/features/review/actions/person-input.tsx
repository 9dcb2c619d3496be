import { textInput } from '../../../ui/buttons.ts'

/** A name that is typed or chosen from those of the practice's people. */
export function PersonInput({
  id,
  label,
  names,
  value,
  onChange,
}: {
  id: string
  label: string
  names: readonly string[]
  value: string
  onChange: (name: string) => void
}) {
  return (
    <div>
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      <input
        id={id}
        required
        list={`${id}-names`}
        maxLength={200}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${textInput} mt-1`}
      />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {names.length > 0 && (
        <div className="mt-2 flex flex-wrap gap-1.5">
          {names.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={value === name}
              onClick={() => onChange(name)}
              className="min-h-7 rounded-full border border-line px-3 text-xs hover:bg-quiet-soft aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent"
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

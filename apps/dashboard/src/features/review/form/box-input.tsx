import { textInput } from '../../../ui/buttons.ts'
import { type FormBox, toFormValue, toInputValue } from './form-boxes.ts'

/** An input of the kind that the box wants. `value` and what is typed are as on the form. */
export function BoxInput({
  box,
  value,
  isDisabled,
  onType,
  onFocus,
}: {
  box: FormBox
  value: string
  isDisabled: boolean
  onType: (value: string) => void
  onFocus: () => void
}) {
  const shared = { id: `box-${box.field}`, disabled: isDisabled, onFocus, className: textInput }
  if (box.input === 'choice')
    return (
      <select {...shared} value={value} onChange={(event) => onType(event.target.value)}>
        <option value="">Choose…</option>
        {box.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  if (box.input === 'long')
    return (
      <textarea
        {...shared}
        rows={3}
        maxLength={2000}
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
    )
  return (
    <input
      {...shared}
      type={box.input === 'date' ? 'date' : box.input === 'phone' ? 'tel' : 'text'}
      inputMode={box.input === 'number' ? 'decimal' : undefined}
      autoComplete="off"
      maxLength={2000}
      value={toInputValue(box, value)}
      onChange={(event) => onType(toFormValue(box, event.target.value))}
    />
  )
}

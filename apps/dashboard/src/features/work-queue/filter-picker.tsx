import { Combobox } from '@base-ui/react/combobox'
import { Check, ChevronDown } from 'lucide-react'
import { useMemo } from 'react'

export interface FilterOption {
  /** Undefined: any. Empty: the orders that have none. */
  readonly value: string | undefined
  readonly label: string
}

/** At most this many are in the list; typing finds the others. */
const maxShown = 200

/** A filter with many values, found by typing a part of one. It is open at once: somebody has pressed the button that loaded it. */
export function FilterPicker({
  label,
  options,
  value,
  className,
  onChange,
}: {
  readonly label: string
  readonly options: readonly FilterOption[]
  readonly value: string | undefined
  readonly className: string
  readonly onChange: (value: string | undefined) => void
}) {
  const chosen = useMemo(
    () => options.find((option) => option.value === value) ?? options[0] ?? null,
    [options, value],
  )
  return (
    <Combobox.Root
      items={options}
      value={chosen}
      onValueChange={(next) => onChange(next?.value)}
      isItemEqualToValue={(one, other) => one.value === other.value}
      itemToStringLabel={(option) => option.label}
      limit={maxShown}
      autoHighlight
      defaultOpen
    >
      <Combobox.Trigger
        aria-label={value === undefined ? `${label}: any` : `${label}: ${chosen?.label ?? value}`}
        className={className}
      >
        <span dir="auto" className="min-w-0 grow truncate text-left">
          {chosen?.label}
        </span>
        <ChevronDown aria-hidden className="size-4 shrink-0" />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" sideOffset={4} className="z-30">
          <Combobox.Popup
            aria-label={label}
            className="flex max-h-[min(24rem,var(--available-height))] w-72 max-w-[var(--available-width)] flex-col rounded-lg border border-line bg-panel shadow-xl"
          >
            <Combobox.Input
              aria-label={`${label}: type a part of the name`}
              placeholder="Type a part of the name"
              className="m-1 h-9 rounded-md border border-edge bg-panel px-2.5"
            />
            <Combobox.Empty>
              <p className="p-2.5 text-soft">Nothing matches.</p>
            </Combobox.Empty>
            <Combobox.List className="min-h-0 overflow-y-auto p-1 empty:p-0">
              {(option: FilterOption) => (
                <Combobox.Item
                  key={option.value ?? 'any'}
                  value={option}
                  className="grid min-h-8 cursor-pointer grid-cols-[1rem_1fr] items-center gap-2 rounded-md px-2 py-1 data-highlighted:bg-accent-soft"
                >
                  <Combobox.ItemIndicator>
                    <Check aria-hidden className="size-4" />
                  </Combobox.ItemIndicator>
                  <span dir="auto" className="col-start-2 text-left break-words">
                    {option.label}
                  </span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

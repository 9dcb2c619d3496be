import { Combobox } from '@base-ui/react/combobox'
import type { FormBox, FormRoleView } from '@authscript/prior-auth'
import { Check, ChevronDown } from 'lucide-react'
import { type RefObject, useMemo } from 'react'
import { textInput } from '../../ui/buttons.ts'
import { plainRole } from './required-roles.ts'
import { matches } from './role-search.ts'
import { isSmall } from './row-of-boxes.ts'

/** Chosen for a box that stays as it is. */
const none: FormRoleView = {
  role: '',
  label: 'Nothing: leave it blank',
  group: '',
  sentence: 'The box stays as it is in the blank form.',
  kinds: [],
  isUsual: false,
}

/** What a box is for, found by typing a part of its name or of its sentence. */
export function RolePicker({
  id,
  input,
  roles,
  box,
  role,
  onChoose,
}: {
  id: string
  input: RefObject<HTMLInputElement | null>
  roles: readonly FormRoleView[]
  box: FormBox
  /** As in the map; null: none. */
  role: string | null
  onChoose: (role: string | null) => void
}) {
  const items = useMemo(() => [none, ...roles.filter((one) => fits(one, box))], [roles, box])
  const plain = role === null ? '' : plainRole(role)
  // A map may have a role that this list does not; it stays until another is chosen.
  const chosen = items.find((one) => one.role === plain) ?? {
    ...none,
    role: plain,
    label: plain,
  }
  return (
    <Combobox.Root
      items={items}
      value={chosen}
      onValueChange={(next) => onChoose(next === null || next.role === '' ? null : next.role)}
      isItemEqualToValue={(one, other) => one.role === other.role}
      itemToStringLabel={({ label }) => label}
      filter={(item, query) => matches(item, query)}
      autoHighlight
    >
      <div className="relative">
        <Combobox.Input
          id={id}
          ref={input}
          onFocus={(event) => event.currentTarget.select()}
          className={`${textInput} pr-9`}
        />
        <Combobox.Trigger
          aria-label="Show all"
          tabIndex={-1}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center text-soft"
        >
          <ChevronDown aria-hidden className="size-4" />
        </Combobox.Trigger>
      </div>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className="max-h-[min(24rem,var(--available-height))] w-[var(--anchor-width)] max-w-[var(--available-width)] overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-xl">
            <Combobox.Empty>
              <p className="p-2.5 text-soft empty:hidden">Nothing matches. Try another word.</p>
            </Combobox.Empty>
            <Combobox.List>
              {(item: FormRoleView) => (
                <Combobox.Item
                  key={item.role}
                  value={item}
                  data-role={item.role}
                  className="grid cursor-pointer grid-cols-[1rem_1fr] gap-2 rounded-md px-2 py-1.5 data-highlighted:bg-accent-soft"
                >
                  <Combobox.ItemIndicator className="pt-0.5">
                    <Check aria-hidden className="size-4" />
                  </Combobox.ItemIndicator>
                  <span className="col-start-2">
                    <span className="block font-medium">{item.label}</span>
                    <span className="block text-xs text-soft">{item.sentence}</span>
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

/** Roles for one character are offered for small boxes only: they would double the list. */
function fits({ role, kinds }: FormRoleView, box: FormBox): boolean {
  return kinds.includes(box.kind) && (!role.endsWith('.character') || isSmall(box))
}

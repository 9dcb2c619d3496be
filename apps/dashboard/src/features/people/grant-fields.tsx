import { type Role, role } from '@authscript/prior-auth'
import type { ReactNode } from 'react'

export interface Grant {
  readonly roles: readonly Role[]
  readonly practiceIds: readonly string[]
}

const roleWords = new Map<Role, string>([
  ['clinician', 'approves forms and sees charts'],
  ['staff', 'prepares forms and sees charts'],
  ['auditor', 'reads the audit trail'],
  ['administrator', 'manages people and keys'],
  ['operator', 'runs the gateway, without charts'],
  ['service', 'a program that registers and reads'],
])

/** Programs have keys. */
export const rolesOfPeople = role.options.filter((one) => one !== 'service')

/** Which roles in which practices. A practice that is not among the caller's is shown and cannot be changed. */
export function GrantFields({
  grant,
  practiceIds,
  roles = role.options,
  onChange,
}: {
  readonly grant: Grant
  /** The caller's own. */
  readonly practiceIds: readonly string[]
  readonly roles?: readonly Role[]
  readonly onChange: (grant: Grant) => void
}) {
  const shown = [...new Set([...practiceIds, ...grant.practiceIds])]
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-3">
      <fieldset className="min-w-0 space-y-1">
        <legend className="mb-1 font-medium">Roles</legend>
        {role.options
          .filter((one) => roles.includes(one) || grant.roles.includes(one))
          .map((one) => (
            <Tick
              key={one}
              isTicked={grant.roles.includes(one)}
              onTick={() => onChange({ ...grant, roles: toggled(grant.roles, one) })}
            >
              {one} <span className="text-soft">{roleWords.get(one)}</span>
            </Tick>
          ))}
      </fieldset>
      <fieldset className="min-w-0 space-y-1">
        <legend className="mb-1 font-medium">Practices</legend>
        {shown.map((id) => (
          <Tick
            key={id}
            isTicked={grant.practiceIds.includes(id)}
            isDisabled={!practiceIds.includes(id)}
            onTick={() => onChange({ ...grant, practiceIds: toggled(grant.practiceIds, id) })}
          >
            {id}
          </Tick>
        ))}
      </fieldset>
    </div>
  )
}

const toggled = <Item,>(items: readonly Item[], item: Item): readonly Item[] =>
  items.includes(item) ? items.filter((one) => one !== item) : [...items, item]

function Tick({
  isTicked,
  isDisabled = false,
  onTick,
  children,
}: {
  readonly isTicked: boolean
  readonly isDisabled?: boolean
  readonly onTick: () => void
  readonly children: ReactNode
}) {
  return (
    <label className="flex min-h-6 items-start gap-2">
      <input
        type="checkbox"
        checked={isTicked}
        disabled={isDisabled}
        onChange={onTick}
        className="mt-1 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </label>
  )
}

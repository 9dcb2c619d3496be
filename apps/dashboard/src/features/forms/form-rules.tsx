import {
  type FormRoleView,
  noPayerFormRules,
  type PayerFormDetail,
  type PayerFormRules,
} from '@authscript/prior-auth'
import { type ReactNode, useId, useState } from 'react'
import { quietButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { ListInput } from './list-input.tsx'
import { usedRoles } from './used-roles.ts'
import type { FormDraft } from './use-form-draft.ts'

/** What the payer prints about its form: the rules of the gateway for it, and those that an operator writes. */
export function FormRules({
  form,
  roles,
  draft: { draft, change },
}: {
  form: PayerFormDetail
  roles: readonly FormRoleView[]
  draft: FormDraft
}) {
  const id = useId()
  const rules = draft.rules ?? noPayerFormRules
  const set = (part: Partial<PayerFormRules>) => change({ rules: { ...rules, ...part } })
  const used = usedRoles(roles, draft.boxes)
  const label = (role: string) => roles.find((one) => one.role === role)?.label ?? role
  const isPlaced = (role: string) => used.some((one) => one.role === role)
  const count =
    form.shippedRules.length +
    rules.whenThen.length +
    rules.onlyOneOf.length +
    (rules.refusedCodes.length > 0 ? 1 : 0) +
    (rules.sameProvider === '' ? 0 : 1)
  return (
    <details data-rules={count} className="mt-4 border-t border-line pt-3">
      <summary className="cursor-pointer font-medium">
        Rules printed on the form ({count === 0 ? 'none' : count})
      </summary>
      <div className="mt-2 space-y-4">
        <p className="max-w-3xl text-soft">
          Read the payer’s instructions, and enter here the rules that connect several boxes.
          Whether a box is required is set at the box itself.
        </p>
        {form.shippedRules.length > 0 && (
          <div>
            <p className="font-semibold">Already known for a form of this name</p>
            <ul className="list-disc pl-5">
              {form.shippedRules.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </div>
        )}
        {(rules.whenThen.length > 0 || rules.onlyOneOf.length > 0) && (
          <ul className="divide-y divide-line border-y border-line">
            {rules.whenThen.map((rule, index) => (
              <Rule
                key={`${rule.when} ${rule.also}`}
                isPlaced={isPlaced(rule.when) && isPlaced(rule.also)}
                onRemove={() => set({ whenThen: rules.whenThen.toSpliced(index, 1) })}
              >
                When there is “{label(rule.when)}”, the payer also wants “{label(rule.also)}”.
              </Rule>
            ))}
            {rules.onlyOneOf.map((group, index) => (
              <Rule
                key={group.join(' ')}
                isPlaced={group.every(isPlaced)}
                onRemove={() => set({ onlyOneOf: rules.onlyOneOf.toSpliced(index, 1) })}
              >
                Only one of these is filled, the first that the order has:{' '}
                {group.map((role) => `“${label(role)}”`).join(', ')}.
              </Rule>
            ))}
          </ul>
        )}
        {used.length < 2 ? (
          <p className="text-soft">
            When two boxes or more have a use, rules between them can be added.
          </p>
        ) : (
          <div className="grid gap-4 min-[900px]:grid-cols-2">
            <WhenThen used={used} onAdd={(rule) => set({ whenThen: [...rules.whenThen, rule] })} />
            <OnlyOneOf
              used={used}
              onAdd={(group) => set({ onlyOneOf: [...rules.onlyOneOf, group] })}
            />
          </div>
        )}
        <div className="grid gap-4 min-[900px]:grid-cols-2">
          <ListInput
            id={`${id}-codes`}
            label="Codes that the payer does not accept on this form"
            hint="As in J0000-J9999, one on each line. Orders with these codes get another form."
            values={rules.refusedCodes}
            onChange={(refusedCodes) => set({ refusedCodes })}
          />
          <div>
            <label htmlFor={`${id}-same`} className="block font-medium">
              Word for “the same as the requesting provider”
            </label>
            <input
              id={`${id}-same`}
              value={rules.sameProvider}
              maxLength={60}
              onChange={(event) => set({ sameProvider: event.target.value })}
              aria-describedby={`${id}-same-hint`}
              className={`${textInput} mt-1`}
            />
            <p id={`${id}-same-hint`} className="text-xs text-soft">
              As in Same, where the form says so. Empty: the name is written again.
            </p>
          </div>
        </div>
      </div>
    </details>
  )
}

function Rule({
  isPlaced,
  onRemove,
  children,
}: {
  isPlaced: boolean
  onRemove: () => void
  children: ReactNode
}) {
  return (
    <li data-rule className="flex flex-wrap items-center gap-x-3 py-1">
      <span className="min-w-0 grow basis-64">
        {children}
        {!isPlaced && <span className="block text-warn">No box has one of these any more.</span>}
      </span>
      <button type="button" onClick={onRemove} className={quietButton}>
        Remove
      </button>
    </li>
  )
}

function WhenThen({
  used,
  onAdd,
}: {
  used: readonly FormRoleView[]
  onAdd: (rule: { when: string; also: string }) => void
}) {
  const id = useId()
  const [when, setWhen] = useState('')
  const [also, setAlso] = useState('')
  return (
    <fieldset className="space-y-2">
      <legend className="font-semibold">When this, then that</legend>
      <label htmlFor={`${id}-when`} className="block">
        When there is
      </label>
      <RoleSelect id={`${id}-when`} used={used} value={when} onChange={setWhen} />
      <label htmlFor={`${id}-also`} className="block">
        the payer also wants
      </label>
      <RoleSelect
        id={`${id}-also`}
        used={used.filter(({ role }) => role !== when)}
        value={also}
        onChange={setAlso}
      />
      <button
        type="button"
        disabled={when === '' || also === '' || when === also}
        onClick={() => {
          onAdd({ when, also })
          setWhen('')
          setAlso('')
        }}
        className={secondaryButton}
      >
        Add this rule
      </button>
    </fieldset>
  )
}

function OnlyOneOf({
  used,
  onAdd,
}: {
  used: readonly FormRoleView[]
  onAdd: (group: string[]) => void
}) {
  const id = useId()
  const [group, setGroup] = useState<readonly string[]>([])
  const left = used.filter(({ role }) => !group.includes(role))
  return (
    <fieldset className="space-y-2">
      <legend className="font-semibold">Only one of these</legend>
      {group.length > 0 && (
        <ol className="list-decimal pl-6">
          {group.map((role) => (
            <li key={role}>
              {used.find((one) => one.role === role)?.label ?? role}{' '}
              <button
                type="button"
                onClick={() => setGroup(group.filter((one) => one !== role))}
                className="text-accent underline underline-offset-2"
              >
                remove
              </button>
            </li>
          ))}
        </ol>
      )}
      <label htmlFor={id} className="block">
        {group.length === 0 ? 'first choice' : 'then'}
      </label>
      <RoleSelect id={id} used={left} value="" onChange={(role) => setGroup([...group, role])} />
      <button
        type="button"
        disabled={group.length < 2}
        onClick={() => {
          onAdd([...group])
          setGroup([])
        }}
        className={secondaryButton}
      >
        Add the rule for these {group.length < 2 ? '' : group.length}
      </button>
    </fieldset>
  )
}

function RoleSelect({
  id,
  used,
  value,
  onChange,
}: {
  id: string
  used: readonly FormRoleView[]
  value: string
  onChange: (role: string) => void
}) {
  return (
    <select
      id={id}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className={textInput}
    >
      <option value="">Choose…</option>
      {used.map(({ role, label }) => (
        <option key={role} value={role}>
          {label}
        </option>
      ))}
    </select>
  )
}

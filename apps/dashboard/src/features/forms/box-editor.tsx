import type { FormBox, FormRoleView } from '@authscript/prior-auth'
import { type RefObject, useId } from 'react'
import { quietButton, secondaryButton, textInput } from '../../ui/buttons.ts'
import { boxFacts, titleOf } from './box-words.ts'
import { isStarred, plainRole } from './required-roles.ts'
import { RolePicker } from './role-picker.tsx'
import { likelyRoles } from './role-search.ts'
import { isSmall, rowOf } from './row-of-boxes.ts'
import type { FormDraft } from './use-form-draft.ts'

/** What one box is for. */
export function BoxEditor({
  box,
  boxes,
  roles,
  draft,
  input,
  onStep,
}: {
  box: FormBox
  /** All of the form. */
  boxes: readonly FormBox[]
  roles: readonly FormRoleView[]
  draft: FormDraft
  input: RefObject<HTMLInputElement | null>
  /** To the next box, or to the previous one. */
  onStep: (step: 1 | -1) => void
}) {
  const id = useId()
  const entry = draft.entryOf(box.name)
  const role = entry?.role ?? null
  const plain = role === null ? undefined : plainRole(role)
  const isForPeople = plain === 'attestation'
  const setRole = (next: string | null) =>
    draft.changeBox(box.name, {
      role: next !== null && role !== null && isStarred(role) && !isForPeople ? `${next}*` : next,
    })
  return (
    <section aria-labelledby={`${id}-name`} data-editing={box.name} className="space-y-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow [overflow-wrap:anywhere]">
          <h2 id={`${id}-name`} className="font-semibold">
            {titleOf(box)}
          </h2>
          {box.tooltip !== null && box.tooltip !== box.name && (
            <p className="text-xs text-soft">{box.name}</p>
          )}
          <p className="text-xs text-soft">{boxFacts(box)}</p>
        </div>
        <span className="flex shrink-0">
          <button type="button" onClick={() => onStep(-1)} className={quietButton}>
            Back
          </button>
          <button type="button" onClick={() => onStep(1)} className={quietButton}>
            Next
          </button>
        </span>
      </div>
      {box.kind === 'not fillable' ? (
        <p className="text-soft">This kind of box cannot be filled. It stays as it is.</p>
      ) : (
        <div>
          <label htmlFor={id} className="block font-medium">
            What is this box for?
          </label>
          <RolePicker
            key={box.name}
            id={id}
            input={input}
            roles={roles}
            box={box}
            role={role}
            onChoose={setRole}
          />
          <p className="mt-1 text-xs text-soft">{sentenceOf(roles, box, plain)}</p>
        </div>
      )}
      {plain === undefined && <Likely box={box} roles={roles} onChoose={setRole} />}
      {plain !== undefined && !isForPeople && isSmall(box) && (
        <WholeRow row={rowOf(box, boxes)} role={plain} draft={draft} />
      )}
      {role !== null && !isForPeople && (
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={isStarred(role)}
            onChange={(event) =>
              draft.changeBox(box.name, {
                role: event.target.checked ? `${plainRole(role)}*` : plainRole(role),
              })
            }
            className="mt-0.5 size-4 shrink-0"
          />
          The payer returns the form if this box is empty
        </label>
      )}
      {plain !== undefined && box.options.length > 0 && (
        <OptionsOf box={box} role={plain} roles={roles} draft={draft} />
      )}
      {box.printed !== '' && (
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={draft.draft.keptAsPrinted.includes(box.name)}
            onChange={(event) => draft.keepPrinted(box.name, event.target.checked)}
            className="mt-0.5 size-4 shrink-0"
          />
          <span className="[overflow-wrap:anywhere]">
            The blank form says “{box.printed}” here, and that stays
          </span>
        </label>
      )}
    </section>
  )
}

function sentenceOf(
  roles: readonly FormRoleView[],
  { kind }: FormBox,
  role: string | undefined,
): string {
  if (role === undefined) return 'The box stays as it is in the blank form.'
  if (kind === 'yes or no' && role.includes('='))
    return 'Yes if it is so, No if the order says otherwise, and neither if it does not say.'
  return (
    roles.find((one) => one.role === role)?.sentence ?? 'The box stays as it is in the blank form.'
  )
}

/** Suggestions from the name of the box. */
function Likely({
  box,
  roles,
  onChoose,
}: {
  box: FormBox
  roles: readonly FormRoleView[]
  onChoose: (role: string) => void
}) {
  const likely = likelyRoles(box, roles)
  if (likely.length === 0) return null
  return (
    <div>
      <p className="text-xs text-soft">Suggested by its name</p>
      <ul className="mt-1 flex flex-wrap gap-2">
        {likely.map(({ role, label }) => (
          <li key={role}>
            <button
              type="button"
              data-likely={role}
              onClick={() => onChoose(role)}
              className={`${secondaryButton} text-left whitespace-normal`}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A value that is split over a row of small boxes: all of them have one use. */
function WholeRow({
  row,
  role,
  draft,
}: {
  row: readonly FormBox[]
  role: string
  draft: FormDraft
}) {
  const { changeBox, entryOf } = draft
  const inRow = role.endsWith('.character') ? role : `${role}.character`
  const isPiece = /\.(month|day|year|area|prefix|line|zip5|plus4)$/.test(role)
  const plainOf = (name: string) => plainRole(entryOf(name)?.role ?? '')
  if (row.length < 2 || isPiece || row.every(({ name }) => plainOf(name) === inRow)) return null
  return (
    <div className="rounded-lg bg-quiet-soft p-2.5">
      <p>This box stands in a row of {row.length} small boxes.</p>
      <button
        type="button"
        onClick={() => {
          for (const { name } of row) changeBox(name, { role: inRow })
        }}
        className={`${secondaryButton} mt-2 whitespace-normal`}
      >
        Write one value across all {row.length}, one character in each
      </button>
    </div>
  )
}

/** Which option of the form is which of our values. Equal words need not be assigned. */
function OptionsOf({
  box,
  role,
  roles,
  draft,
}: {
  box: FormBox
  role: string
  roles: readonly FormRoleView[]
  draft: FormDraft
}) {
  const id = useId()
  const values = roles.filter((one) => one.role.startsWith(`${role}=`))
  const options = draft.entryOf(box.name)?.options ?? {}
  if (values.length === 0) return null
  const assign = (value: string, option: string) => {
    const others = Object.entries(options).filter(([one]) => one !== value)
    draft.changeBox(box.name, {
      options: Object.fromEntries(option === '' ? others : [...others, [value, option]]),
    })
  }
  return (
    <fieldset>
      <legend className="font-medium">Which option is which</legend>
      <p className="text-xs text-soft">
        Needed only where the form uses other words than AuthScript. The page shows the word of each
        box.
      </p>
      <div className="mt-1 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1">
        {values.map((one) => {
          const word = one.role.slice(role.length + 1)
          const value = answerValues[word] ?? word
          return (
            <div key={value} className="col-span-2 grid grid-cols-subgrid items-center">
              <label htmlFor={`${id}-${value}`}>{one.label.split(': ').at(-1)}</label>
              <select
                id={`${id}-${value}`}
                value={options[value] ?? ''}
                onChange={(event) => assign(value, event.target.value)}
                className={textInput}
              >
                <option value="">by its name</option>
                {box.options.map((option) => (
                  <option key={option} value={option}>
                    {option}
                  </option>
                ))}
              </select>
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

/** Answers to questions, as maps name them. */
const answerValues: Readonly<Record<string, string>> = {
  yes: 'met',
  no: 'not_met',
  unknown: 'unclear',
}

import type { FormRoleView, PayerFormDetail } from '@authscript/prior-auth'
import { useMutation } from '@tanstack/react-query'
import { Link, useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { payerForms } from '../../api/payer-forms.ts'
import { useTitle } from '../../ui/use-title.ts'
import { primaryButton, quietButton, secondaryButton } from '../../ui/buttons.ts'
import { BoxEditor } from './box-editor.tsx'
import { BoxPages } from './box-pages.tsx'
import { roleWords, titleOf } from './box-words.ts'
import { FormProblem, sentence } from './form-problem.tsx'
import { DeleteDraft } from './delete-draft.tsx'
import { FormRules } from './form-rules.tsx'
import { FormSettings } from './form-settings.tsx'
import { FormState } from './form-state.tsx'
import { rolesWithoutBox } from './required-roles.ts'
import { TestFill } from './test-fill.tsx'
import { type FormDraft, useFormDraft } from './use-form-draft.ts'

/** The map editor: the pages with their boxes, what the chosen box is for, and the form with a sample patient beside them. */
export function FormEditor({
  form,
  roles,
}: {
  form: PayerFormDetail
  roles: readonly FormRoleView[]
}) {
  const draft = useFormDraft(form)
  const [selected, setSelected] = useState<string | undefined>(form.boxes[0]?.name)
  const [isChosen, setChosen] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const testFill = useMutation({
    mutationFn: async (change: FormDraft['draft']) => ({
      of: change,
      ...(await payerForms.testFill(form.formId, change)),
    }),
  })
  useTitle(`${form.name}, form of a payer`)
  useBlocker({
    shouldBlockFn: () =>
      draft.isChanged &&
      !globalThis.confirm('Leave this form? What you changed here is not saved.'),
    enableBeforeUnload: () => draft.isChanged,
  })
  const choose = (name: string) => {
    setSelected(name)
    setChosen(true)
    // The input of another box exists after this update.
    requestAnimationFrame(() => picker.current?.focus())
  }
  const index = form.boxes.findIndex(({ name }) => name === selected)
  const box = form.boxes[index]
  const step = (by: 1 | -1) => {
    const next = form.boxes[(index + by + form.boxes.length) % form.boxes.length]
    if (next !== undefined) choose(next.name)
  }
  const filled = testFill.data
  return (
    <div className="space-y-4" data-version={form.version}>
      {/* Stays in view on wide screens: a form has up to a hundred boxes, on several pages. */}
      <header className="z-10 flex flex-wrap items-center gap-x-4 gap-y-2 bg-canvas py-2 min-[900px]:sticky min-[900px]:top-14">
        <div className="min-w-0 grow [overflow-wrap:anywhere]">
          <p>
            <Link to="/forms" className="text-accent underline-offset-2 hover:underline">
              Forms of payers
            </Link>
          </p>
          <h1 className="text-xl font-semibold tracking-tight">{form.name}</h1>
          <p className="text-xs text-soft">
            {form.fileName}, version {form.version} by {form.changedBy}
            {form.practiceId === null ? ', every practice' : `, practice ${form.practiceId}`}
          </p>
        </div>
        <FormState form={form} />
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            disabled={testFill.isPending}
            onClick={() => testFill.mutate(draft.draft)}
            className={secondaryButton}
          >
            {testFill.isPending ? 'Filling…' : 'Test fill'}
          </button>
          <button
            type="button"
            disabled={!draft.isChanged || draft.isBusy}
            onClick={() => draft.save.mutate()}
            className={secondaryButton}
          >
            Save
          </button>
          {form.state === 'draft' && <DeleteDraft formId={form.formId} draft={draft} />}
          {form.state === 'active' && (
            <button
              type="button"
              disabled={draft.isBusy}
              onClick={() => draft.retire.mutate()}
              className={quietButton}
            >
              Retire
            </button>
          )}
          <button
            type="button"
            disabled={
              draft.isBusy ||
              (form.activeVersion === form.version && !draft.isChanged && form.fault === null)
            }
            onClick={() => draft.activate.mutate()}
            className={primaryButton}
          >
            {draft.isChanged ? 'Save and put into use' : 'Put into use'}
          </button>
        </div>
      </header>
      <Conflict draft={draft} />
      {!draft.isConflict && <FormProblem error={draft.error} />}
      <FormProblem error={testFill.error} />
      {form.fault !== null && (
        <p role="alert" className="rounded-lg bg-bad-soft p-2.5 text-bad">
          Orders do not get this form: {form.fault}.
        </p>
      )}
      <div className="rounded-xl border border-line bg-panel p-4">
        <FormSettings draft={draft} />
        <FormRules form={form} roles={roles} draft={draft} />
      </div>
      <div
        className={`grid gap-4 min-[900px]:grid-cols-[minmax(18rem,22rem)_minmax(0,1fr)] ${filled === undefined ? '' : 'min-[1200px]:grid-cols-[minmax(18rem,22rem)_minmax(0,1fr)_minmax(0,1fr)]'}`}
      >
        <div className="space-y-4 self-start rounded-xl border border-line bg-panel p-4 min-[900px]:sticky min-[900px]:top-36 min-[900px]:max-h-[calc(100dvh-10rem)] min-[900px]:overflow-y-auto">
          {box === undefined ? (
            <p className="text-soft">Click a box of the form.</p>
          ) : (
            <BoxEditor
              box={box}
              boxes={form.boxes}
              roles={roles}
              draft={draft}
              input={picker}
              onStep={step}
            />
          )}
          <Missing form={form} roles={roles} draft={draft} />
          <Faults form={form} isChanged={draft.isChanged} />
          <BoxList form={form} roles={roles} draft={draft} selected={selected} onChoose={choose} />
        </div>
        <BoxPages
          formId={form.formId}
          boxes={form.boxes}
          roles={roles}
          selected={selected}
          shown={isChosen ? selected : undefined}
          entryOf={draft.entryOf}
          onChoose={choose}
        />
        {filled !== undefined && (
          <div className="min-[900px]:max-[1199px]:col-start-2">
            <TestFill
              bytes={filled.bytes}
              notices={filled.notices}
              isOld={filled.of !== draft.draft}
            />
          </div>
        )}
      </div>
    </div>
  )
}

function Conflict({ draft }: { draft: FormDraft }) {
  if (!draft.isConflict) return null
  return (
    <div role="alert" data-conflict className="space-y-2 rounded-lg bg-warn-soft p-2.5 text-warn">
      <p className="font-medium">
        {draft.changedBy ?? 'Someone'} changed this form while you were working on it. Nothing of
        yours is lost.
      </p>
      <div className="flex flex-wrap gap-2">
        <button type="button" onClick={() => draft.keepMine.mutate()} className={secondaryButton}>
          Overwrite it with mine
        </button>
        <button type="button" onClick={() => draft.takeTheirs.mutate()} className={secondaryButton}>
          Discard mine and use theirs
        </button>
      </div>
      <FormProblem error={draft.keepMine.error ?? draft.takeTheirs.error} />
    </div>
  )
}

/** The roles that payers usually require and that no box has. */
function Missing({
  form,
  roles,
  draft: { draft },
}: {
  form: PayerFormDetail
  roles: readonly FormRoleView[]
  draft: FormDraft
}) {
  const missing = rolesWithoutBox(roles, form.requiredRoles, draft.boxes)
  return (
    <section aria-labelledby="without-box" data-missing={missing.length}>
      <h2 id="without-box" className="font-semibold">
        Usually required, without a box
      </h2>
      {missing.length === 0 ? (
        <p className="text-soft">Nothing.</p>
      ) : (
        <ul className="list-disc pl-5">
          {missing.map(({ role, label }) => (
            <li key={role}>{label}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** What keeps the saved form from being used. */
function Faults({ form: { faults }, isChanged }: { form: PayerFormDetail; isChanged: boolean }) {
  if (faults.length === 0) return null
  return (
    <section aria-labelledby="faults" className="[overflow-wrap:anywhere]">
      <h2 id="faults" className="font-semibold">
        {isChanged ? 'Why the last saved version cannot be used' : 'Why it cannot be used'}
      </h2>
      <ul className="list-disc pl-5 text-warn">
        {faults.map((one) => (
          <li key={one}>{sentence(one)}</li>
        ))}
      </ul>
    </section>
  )
}

/** All boxes in reading order, for the keyboard and for finding one by name. */
function BoxList({
  form,
  roles,
  draft,
  selected,
  onChoose,
}: {
  form: PayerFormDetail
  roles: readonly FormRoleView[]
  draft: FormDraft
  selected: string | undefined
  onChoose: (name: string) => void
}) {
  const open = form.boxes.filter(({ name }) => (draft.entryOf(name)?.role ?? null) === null)
  return (
    <details>
      <summary className="cursor-pointer font-semibold">
        All {form.boxes.length} boxes, {open.length} not filled
      </summary>
      <ul className="mt-2 space-y-0.5">
        {form.boxes.map((box) => (
          <li key={box.name}>
            <button
              type="button"
              aria-current={box.name === selected || undefined}
              onClick={() => onChoose(box.name)}
              className="w-full rounded-md px-2 py-1 text-left [overflow-wrap:anywhere] hover:bg-quiet-soft aria-[current=true]:bg-accent-soft"
            >
              {titleOf(box)}
              <span className="block text-xs text-soft">
                {roleWords(roles, draft.entryOf(box.name))}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}

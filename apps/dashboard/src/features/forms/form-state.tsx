import type { PayerFormSummary } from '@authscript/prior-auth'

const states = {
  draft: { words: 'Draft', style: 'bg-quiet-soft text-quiet' },
  active: { words: 'In use', style: 'bg-good-soft text-good' },
  retired: { words: 'Retired', style: 'bg-quiet-soft text-quiet' },
} as const

/** Whether orders get the form, and whether it has changes that they do not get yet. */
export function FormState({
  form: { state, fault, version, activeVersion },
}: {
  form: Pick<PayerFormSummary, 'state' | 'fault' | 'version' | 'activeVersion'>
}) {
  const { words, style } =
    fault === null ? states[state] : { words: 'Cannot be used', style: 'bg-bad-soft text-bad' }
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5" data-state={state}>
      <span className={`rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap ${style}`}>
        {words}
      </span>
      {activeVersion !== null && activeVersion !== version && (
        <span className="rounded-full bg-warn-soft px-2.5 py-1 text-xs font-medium text-warn">
          Has changes that are not in use
        </span>
      )}
    </span>
  )
}

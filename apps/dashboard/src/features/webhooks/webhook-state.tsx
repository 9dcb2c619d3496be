import type { WebhookView } from '@authscript/prior-auth'

interface Look {
  readonly label: string
  readonly tone: string
}

const looks = {
  working: { label: 'Working', tone: 'bg-good-soft text-good' },
  unused: { label: 'Nothing sent yet', tone: 'bg-quiet-soft text-quiet' },
  failing: { label: 'Failing', tone: 'bg-warn-soft text-warn' },
  gaveUp: { label: 'Disabled after failures', tone: 'bg-bad-soft text-bad' },
  disabled: { label: 'Disabled', tone: 'bg-quiet-soft text-quiet' },
} satisfies Record<string, Look>

function lookOf({ state, disabledBy, failure, lastDeliveredAt }: WebhookView): Look {
  if (state === 'disabled') return disabledBy === null ? looks.gaveUp : looks.disabled
  if (failure !== null) return looks.failing
  return lastDeliveredAt === null ? looks.unused : looks.working
}

export function WebhookState({ webhook }: { readonly webhook: WebhookView }) {
  const { label, tone } = lookOf(webhook)
  return (
    <span className={`shrink-0 rounded-full px-2 py-0.5 text-xs font-medium ${tone}`}>{label}</span>
  )
}

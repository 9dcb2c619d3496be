import type { WebhookView } from '@authscript/prior-auth'

interface BadgeStyle {
  readonly label: string
  readonly tone: string
}

const styles = {
  working: { label: 'Working', tone: 'bg-good-soft text-good' },
  unused: { label: 'Nothing sent yet', tone: 'bg-quiet-soft text-quiet' },
  failing: { label: 'Failing', tone: 'bg-warn-soft text-warn' },
  gaveUp: { label: 'Disabled after failures', tone: 'bg-bad-soft text-bad' },
  disabled: { label: 'Disabled', tone: 'bg-quiet-soft text-quiet' },
} satisfies Record<string, BadgeStyle>

function styleOf({ state, disabledBy, failure, lastDeliveredAt }: WebhookView): BadgeStyle {
  if (state === 'disabled') return disabledBy === null ? styles.gaveUp : styles.disabled
  if (failure !== null) return styles.failing
  return lastDeliveredAt === null ? styles.unused : styles.working
}

export function WebhookState({ webhook }: { readonly webhook: WebhookView }) {
  const { label, tone } = styleOf(webhook)
  return (
    <span className={`shrink-0 rounded-full px-2 py-0.5 text-xs font-medium ${tone}`}>{label}</span>
  )
}

import type { ProcessingState } from '@authscript/prior-auth'
import { CircleCheck, Clock3, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react'

type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'accent'

const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  quiet: 'bg-quiet-soft text-quiet',
  accent: 'bg-accent-soft text-accent',
}

interface BadgeStyle {
  readonly label: string
  readonly tone: Tone
  readonly icon: LucideIcon
}

const processingStyles: Record<ProcessingState, BadgeStyle> = {
  queued: { label: 'Queued', tone: 'accent', icon: Clock3 },
  running: { label: 'In progress', tone: 'accent', icon: LoaderCircle },
  processed: { label: 'Processed', tone: 'quiet', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'bad', icon: TriangleAlert },
}

export const ProcessingBadge = ({
  processing,
  label,
}: {
  processing: ProcessingState
  label?: string
}) => (
  <Badge
    {...processingStyles[processing]}
    {...(label === undefined ? {} : { label })}
    spins={processing === 'running'}
  />
)
function Badge({ label, tone, icon: Icon, spins = false }: BadgeStyle & { spins?: boolean }) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap ${tones[tone]}`}
    >
      <Icon aria-hidden className={`size-3.5 ${spins ? 'animate-spin' : ''}`} />
      {label}
    </span>
  )
}

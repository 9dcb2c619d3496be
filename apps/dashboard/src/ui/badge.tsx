import type { ProcessingState, ReviewState } from '@authscript/prior-auth'
import {
  Ban,
  CircleCheck,
  CircleHelp,
  Clock3,
  FileCheck2,
  FileQuestion,
  FileX2,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react'

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

export const reviewStyles: Record<ReviewState, BadgeStyle> = {
  ready_for_review: { label: 'Ready for review', tone: 'good', icon: FileCheck2 },
  missing_data: { label: 'Missing data', tone: 'warn', icon: FileQuestion },
  requirements_not_met: { label: 'Requirements not met', tone: 'bad', icon: FileX2 },
  no_policy: { label: 'No policy', tone: 'quiet', icon: CircleHelp },
  not_required: { label: 'Not required', tone: 'quiet', icon: CircleCheck },
  approved: { label: 'Approved', tone: 'good', icon: CircleCheck },
  submitted: { label: 'Submitted', tone: 'good', icon: CircleCheck },
  closed: { label: 'Closed', tone: 'quiet', icon: Ban },
  superseded: { label: 'Superseded', tone: 'quiet', icon: Ban },
}

const processingStyles: Record<ProcessingState, BadgeStyle> = {
  queued: { label: 'Queued', tone: 'accent', icon: Clock3 },
  running: { label: 'In progress', tone: 'accent', icon: LoaderCircle },
  processed: { label: 'Processed', tone: 'quiet', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'bad', icon: TriangleAlert },
}

/** The form may be in the chart, and a person must decide whether it is. */
const needsDecisionStyle: BadgeStyle = { label: 'Needs a decision', tone: 'warn', icon: CircleHelp }

export const ReviewBadge = ({
  review,
  needsDecision = false,
}: {
  review: ReviewState
  needsDecision?: boolean
}) => <Badge {...(needsDecision ? needsDecisionStyle : reviewStyles[review])} />
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

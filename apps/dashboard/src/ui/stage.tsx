import { type OrderStage, stageWords } from '@authscript/prior-auth'
import {
  Ban,
  CircleCheck,
  CircleHelp,
  CircleX,
  FileClock,
  FileQuestion,
  FileX2,
  Hourglass,
  type LucideIcon,
  MessageCircleQuestionMark,
  PenLine,
  Send,
  TriangleAlert,
} from 'lucide-react'

interface StageStyle {
  readonly style: string
  readonly icon: LucideIcon
}

const quiet = 'bg-quiet-soft text-quiet'
const warn = 'bg-warn-soft text-warn'
const accent = 'bg-accent-soft text-accent'
const good = 'bg-good-soft text-good'
const bad = 'bg-bad-soft text-bad'

/** The stage of an order, with a name for people. Red only where a person must fix something. */
const stages: Readonly<Record<OrderStage, StageStyle>> = {
  needs_information: { style: warn, icon: FileQuestion },
  information_asked: { style: warn, icon: MessageCircleQuestionMark },
  not_met: { style: warn, icon: FileX2 },
  no_criteria: { style: quiet, icon: CircleHelp },
  not_required: { style: quiet, icon: CircleCheck },
  ready_to_sign: { style: accent, icon: PenLine },
  filing: { style: accent, icon: FileClock },
  filing_failed: { style: bad, icon: TriangleAlert },
  to_send: { style: accent, icon: Send },
  waiting_for_payer: { style: quiet, icon: Hourglass },
  more_information_asked: { style: warn, icon: MessageCircleQuestionMark },
  authorized: { style: good, icon: CircleCheck },
  denied: { style: bad, icon: CircleX },
  closed: { style: quiet, icon: Ban },
  superseded: { style: quiet, icon: Ban },
}

/** A person must say whether its form is in the chart. */
const undecided: StageStyle = { style: warn, icon: CircleHelp }

export function StageBadge({
  stage,
  needsDecision = false,
}: {
  stage: OrderStage
  needsDecision?: boolean
}) {
  const { style, icon: Icon } = needsDecision ? undecided : stages[stage]
  return (
    <span
      className={`inline-flex max-w-full items-center gap-1.5 rounded-full px-2.5 py-1 text-xs font-medium whitespace-nowrap ${style}`}
      data-stage={stage}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">{needsDecision ? 'Needs a decision' : stageWords[stage]}</span>
    </span>
  )
}

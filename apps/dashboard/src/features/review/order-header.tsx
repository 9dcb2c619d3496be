import { americanDate, type OrderStage, type ReviewView } from '@authscript/prior-auth'
import { Menu } from '@base-ui/react/menu'
import { Link, useLocation, useRouter } from '@tanstack/react-router'
import { ArrowLeft, Check, Copy } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { quietButton } from '../../ui/buttons.ts'
import { menuItem, menuPopup } from '../../ui/menu.ts'
import { QueueStepButtons, type QueueSteps } from './queue-steps.tsx'
import { dueIn } from './times.ts'
import { StageBadge } from '../../ui/stage.tsx'
import { UrgentMark } from '../../ui/urgent-mark.tsx'

/** In these stages the due date no longer matters. */
const finished: ReadonlySet<OrderStage> = new Set([
  'authorized',
  'denied',
  'closed',
  'superseded',
  'not_required',
])

/** The patient, the procedure, the stage, the due date and the owner of the order. */
export function OrderHeader({
  order,
  steps,
}: {
  order: ReviewView
  steps: QueueSteps | undefined
}) {
  const isOver = finished.has(order.stage)
  const due = order.dueOn === null || isOver ? undefined : dueIn(order.dueOn)
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-panel px-4 py-2.5">
      <div className="flex min-w-0 flex-1 basis-72 items-start gap-2">
        <BackToQueue />
        <div className="min-w-0">
          <h1 className="text-base leading-snug font-semibold break-words">
            {order.patientName ?? 'Patient without a name'}
            <span className="font-normal text-soft">
              {dotted([
                genderWord(order.gender),
                order.birthDate === null ? undefined : americanDate(order.birthDate),
                [order.payerName, order.planName].filter((part) => part !== null).join(', '),
                order.memberId ?? undefined,
              ])}
            </span>
          </h1>
          <p className="leading-snug break-words">
            <span className="font-medium">{order.orderDescription ?? 'Order'}</span>
            <span className="text-soft">
              {dotted([
                order.procedureCode ?? 'no procedure code',
                order.plannedOn === null ? undefined : `planned ${americanDate(order.plannedOn)}`,
                order.providerName ?? undefined,
              ])}
            </span>
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StageBadge stage={order.stage} needsDecision={order.needsDecision} />
        <UrgentMark order={order} />
        {due !== undefined && (
          <span className={due.isLate ? 'font-medium text-warn' : 'text-soft'}>{due.words}</span>
        )}
        <span className="text-soft">
          {order.owner === null ? 'no owner' : `with ${order.owner}`}
        </span>
        <CopyIds order={order} />
        {steps !== undefined && <QueueStepButtons steps={steps} />}
      </div>
    </header>
  )
}

/** The queue as it was left, with its view, filters and place. */
function BackToQueue() {
  const { history } = useRouter()
  const isFromQueue = useLocation({ select: ({ state }) => state.fromQueue !== undefined })
  const goBack = (event: MouseEvent) => {
    if (!isFromQueue || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    history.back()
  }
  return (
    <Link
      to="/"
      aria-label="Work queue"
      title="Work queue"
      onClick={goBack}
      className={`${quietButton} -ml-2 px-2`}
    >
      <ArrowLeft aria-hidden className="size-4" />
    </Link>
  )
}

function dotted(parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => ` · ${part}`)
    .join('')
}

function genderWord(gender: string | null): string | undefined {
  switch (gender) {
    case 'male':
      return 'M'
    case 'female':
      return 'F'
    default:
      return gender ?? undefined
  }
}

/** Ids are for support and for other systems, so they are copied and not shown. */
function CopyIds({ order }: { order: ReviewView }) {
  const [copied, setCopied] = useState<string>()
  const ids: readonly (readonly [string, string | null])[] = [
    ['Record number (MRN)', order.recordNumber],
    ['Patient ID in the EHR', order.patientId],
    ['Encounter ID', order.encounterId],
    ['Order ID', order.serviceRequestId],
    ['Work item ID', order.workItemId],
    ['Transaction ID', order.transactionId],
  ]
  return (
    <Menu.Root onOpenChange={(isOpen) => isOpen && setCopied(undefined)}>
      <Menu.Trigger aria-label="Copy an ID" title="Copy an ID" className={`${quietButton} px-2`}>
        <Copy aria-hidden className="size-4" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-30">
          <Menu.Popup className={menuPopup}>
            {ids.map(([name, id]) =>
              id === null ? null : (
                <Menu.Item
                  key={name}
                  closeOnClick={false}
                  onClick={() => {
                    void navigator.clipboard?.writeText(id).then(() => setCopied(name))
                  }}
                  className={menuItem}
                >
                  {name}
                  {copied === name && <Check aria-label="copied" className="size-4 text-good" />}
                </Menu.Item>
              ),
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** "Lindqvist – TKA 27447", so that the window can be found among others. */
export function windowTitle(order: ReviewView): string {
  // `Lindqvist, Karin` or `Karin Lindqvist`.
  const name = order.patientName ?? ''
  const family = name.includes(',') ? name.split(',')[0] : name.split(' ').at(-1)
  const what = [shortName(order.orderDescription), order.procedureCode]
    .filter((part) => part !== undefined && part !== null && part !== '')
    .join(' ')
  return [family, what].filter((part) => part !== undefined && part !== '').join(' – ')
}

/** `TKA` for a total knee arthroplasty, the short form that a chart puts in brackets, or the first words. */
function shortName(description: string | null): string | undefined {
  if (description === null) return undefined
  const joint = /\btotal (knee|hip|shoulder) (?:arthroplasty|replacement)\b/iu.exec(
    description,
  )?.[1]
  if (joint !== undefined) return `T${joint.slice(0, 1).toUpperCase()}A`
  const abbreviation = /\(([A-Z]{2,6})\)/u.exec(description)?.[1]
  return abbreviation ?? description.split(/\s+/u).slice(0, 3).join(' ')
}

import type { OrderStage } from '@authscript/prior-auth'

/** How many days are left until the request must be with the payer, in words. */
export interface Due {
  readonly words: string
  readonly isOverdue: boolean
}

const dayMs = 86_400_000
/** In these stages the due date no longer matters. */
const done: ReadonlySet<OrderStage> = new Set([
  'authorized',
  'denied',
  'closed',
  'superseded',
  'not_required',
])

/** @param today the calendar day in the person's time zone, `YYYY-MM-DD`; days of the chart have no time zone */
export function dueOf(dueOn: string, stage: OrderStage, today: string): Due | undefined {
  if (done.has(stage)) return undefined
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / dayMs)
  if (Number.isNaN(days)) return undefined
  if (days === 0) return { words: 'Today', isOverdue: false }
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`
  return days < 0
    ? { words: `${count} overdue`, isOverdue: true }
    : { words: `${count} left`, isOverdue: false }
}

/** The calendar day of a moment, where the browser is. */
export function dayOf(time: number): string {
  const date = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

import { now } from '../../clock.ts'

const dayMs = 86_400_000

const clock = new Intl.DateTimeFormat('en-US', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const fullDay = new Intl.DateTimeFormat('en-US', {
  month: '2-digit',
  day: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const dayAndClock = new Intl.DateTimeFormat('en-US', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** `14:02` today, `11/28, 14:02` on another day. */
export function clockTime(time: string | number): string {
  const date = new Date(time)
  const isToday = date.toDateString() === new Date(now()).toDateString()
  return (isToday ? clock : dayAndClock).format(date)
}

/** `11/28/2026, 14:02`: of what is read long after it happened. */
export function dayAndTime(time: string): string {
  return fullDay.format(new Date(time))
}

/** Today as `YYYY-MM-DD`, where the person is. */
export function today(): string {
  const date = new Date(now())
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** When the request must be with the payer. */
export function dueIn(dueOn: string): { readonly words: string; readonly isLate: boolean } {
  const days = Math.round((Date.parse(dueOn) - Date.parse(today())) / dayMs)
  const words =
    days === 0
      ? 'due today'
      : days === 1
        ? 'due tomorrow'
        : days > 0
          ? `due in ${days} days`
          : days === -1
            ? 'due yesterday'
            : `${-days} days late`
  return { words, isLate: days < 0 }
}

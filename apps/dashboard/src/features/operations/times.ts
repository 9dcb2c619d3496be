import { now } from '../../clock.ts'

const clockTime = new Intl.DateTimeFormat('en-US', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const dayAndTime = new Intl.DateTimeFormat('en-US', {
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const exactTime = new Intl.DateTimeFormat('en-US', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 1,
  hourCycle: 'h23',
})

/** "14:02", with the day if it is not today. */
export function whenWords(time: string): string {
  const date = new Date(time)
  const isToday = date.toDateString() === new Date(now()).toDateString()
  return (isToday ? clockTime : dayAndTime).format(date)
}

export const exactWords = (time: string): string => exactTime.format(new Date(time))

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** "4 s", "12 min", "3 h": coarse enough to read at a glance. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  const unit = units.find(([, size]) => ms >= size)
  if (unit === undefined) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  const [name, size] = unit
  return `${Math.floor(ms / size)} ${name}`
}

/** Less is not worth a number that changes with each reading. */
const justNowMs = 5000

export function agoWords(time: string | null): string {
  if (time === null) return 'never'
  const ms = now() - Date.parse(time)
  return ms < justNowMs ? 'just now' : `${durationWords(ms)} ago`
}

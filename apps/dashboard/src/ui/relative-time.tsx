import { useEffect, useState } from 'react'
import { every, now } from '../clock.ts'

const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** "3 minutes ago", updated regularly; the exact time on hover. */
export function RelativeTime({ time }: { time: string }) {
  const [current, setCurrent] = useState(now)
  useEffect(() => every(30_000, () => setCurrent(now())), [])
  const age = current - Date.parse(time)
  const [unit, size] = units.find(([, ms]) => age >= ms) ?? ['minute', 60_000]
  const text = age < 60_000 ? 'just now' : format.format(-Math.floor(age / size), unit)
  return (
    <time
      dateTime={time}
      title={new Date(time).toLocaleString()}
      className="whitespace-nowrap text-soft"
    >
      {text}
    </time>
  )
}

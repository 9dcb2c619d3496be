import type { GatewayConfig } from '../config.ts'
import { calendarDay } from '../pipeline/calendar-day.ts'

/** Days and times as the practice's calendar and clock show them. */
export interface PracticeTime {
  /** `YYYY-MM-DD`. */
  dayOf(practiceId: string, at: Date): string
  /** `12/01/2026, 2:02 PM EST`. */
  timeOf(practiceId: string, at: Date): string
}

export function createPracticeTime({
  TimeZone,
  TimeZones,
}: Pick<GatewayConfig['Practice'], 'TimeZone' | 'TimeZones'>): PracticeTime {
  const zoneOf = (practiceId: string) => TimeZones[practiceId] ?? TimeZone
  return {
    dayOf: (practiceId, at) => calendarDay(at, zoneOf(practiceId)),
    timeOf: (practiceId, at) =>
      new Intl.DateTimeFormat('en-US', {
        timeZone: zoneOf(practiceId),
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      }).format(at),
  }
}

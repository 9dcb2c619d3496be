import { describe, expect, it } from 'vitest'
import { calendarDay } from './calendar-day.ts'

describe('the calendar day', () => {
  it.each([
    { at: '2026-06-16T01:30:00Z', zone: 'America/New_York', day: '2026-06-15' },
    { at: '2026-06-16T03:59:59Z', zone: 'America/New_York', day: '2026-06-15' },
    { at: '2026-06-16T04:00:00Z', zone: 'America/New_York', day: '2026-06-16' },
    { at: '2026-06-16T01:30:00Z', zone: 'America/Los_Angeles', day: '2026-06-15' },
    { at: '2026-06-16T09:59:59Z', zone: 'Pacific/Honolulu', day: '2026-06-15' },
    { at: '2026-06-16T01:30:00Z', zone: 'UTC', day: '2026-06-16' },
    { at: '2026-06-15T23:30:00Z', zone: 'Asia/Kolkata', day: '2026-06-16' },
    // The year turns, and a leap day begins.
    { at: '2027-01-01T04:30:00Z', zone: 'US/Eastern', day: '2026-12-31' },
    { at: '2028-03-01T05:00:00Z', zone: 'America/Chicago', day: '2028-02-29' },
    // Summer time: midnight is an hour earlier in GMT on one side of the night of the change.
    { at: '2026-03-08T04:30:00Z', zone: 'America/New_York', day: '2026-03-07' },
    { at: '2026-03-09T04:30:00Z', zone: 'America/New_York', day: '2026-03-09' },
    { at: '2026-11-01T04:30:00Z', zone: 'America/New_York', day: '2026-11-01' },
    { at: '2026-11-02T04:30:00Z', zone: 'America/New_York', day: '2026-11-01' },
  ])('of $at in $zone is $day', ({ at, zone, day }) => {
    expect(calendarDay(new Date(at), zone)).toBe(day)
  })
})

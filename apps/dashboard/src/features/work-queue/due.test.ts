import { describe, expect, it } from 'vitest'
import { dayOf, dueOf } from './due.ts'

describe('the due day of an order', () => {
  it.each([
    { dueOn: '2026-12-08', words: '7 days left', isOverdue: false },
    { dueOn: '2026-12-02', words: '1 day left', isOverdue: false },
    { dueOn: '2026-12-01', words: 'Today', isOverdue: false },
    { dueOn: '2026-11-30', words: '1 day overdue', isOverdue: true },
    { dueOn: '2026-10-31', words: '31 days overdue', isOverdue: true },
  ])('is said in days: $words', ({ dueOn, ...expected }) => {
    expect(dueOf(dueOn, 'needs_information', '2026-12-01')).toEqual(expected)
  })

  it('counts calendar days across a change of the clock', () => {
    expect(dueOf('2026-11-02', 'ready_to_sign', '2026-10-31')?.words).toBe('2 days left')
  })

  it.each(['authorized', 'denied', 'closed', 'superseded', 'not_required'] as const)(
    'presses nobody once the order is %s',
    (stage) => {
      expect(dueOf('2026-11-30', stage, '2026-12-01')).toBeUndefined()
    },
  )

  it('begins with the day where the browser is', () => {
    expect(dayOf(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05')
  })
})

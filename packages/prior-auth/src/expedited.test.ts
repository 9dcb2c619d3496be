import { expect, it } from 'vitest'
import { expeditedUntil, urgencyWith } from './expedited.ts'

it.each([
  ['urgent', 'standard', 'urgent'],
  ['standard', 'urgent', 'standard'],
  ['urgent', null, 'urgent'],
  [undefined, 'urgent', 'urgent'],
  [undefined, null, null],
  ['whenever', 'urgent', 'urgent'],
] as const)('typed %s over the chart’s %s is %s', (typed, charted, urgency) => {
  const entries = typed === undefined ? {} : { 'choices.review': typed }
  expect(urgencyWith(charted, { entries })).toBe(urgency)
})

it('gives an urgent order 72 hours, also over a change of the clock', () => {
  const signedAt = new Date('2026-10-31T22:00:00Z')
  expect(expeditedUntil(signedAt).toISOString()).toBe('2026-11-03T22:00:00.000Z')
})

import { expect, it } from 'vitest'
import { sessionEndAt } from './session-end.ts'

const minute = 60_000
/** The gateway's clock at the answer. The browser's is an hour behind. */
const now = Date.parse('2026-11-30T12:00:00Z')
const answeredAt = now - 60 * minute
const after = (minutes: number) => new Date(now + minutes * minute).toISOString()
const session = (idleMinutes: number | null, minutes: number) => ({
  now: after(0),
  idleEndsAt: idleMinutes === null ? null : after(idleMinutes),
  expiresAt: after(minutes),
  warnSeconds: 120,
})
const endAfter = (minutes: number, of: ReturnType<typeof session>) =>
  sessionEndAt(of, { answeredAt, at: answeredAt + minutes * minute })

it('has nothing to say until two minutes before the session ends unused, by the gateway’s clock', () => {
  const of = session(30, 720)

  expect(endAfter(0, of)).toEqual({ kind: 'open', askAt: answeredAt + 28 * minute })
  expect(endAfter(27.9, of)).toMatchObject({ kind: 'open' })
  expect(endAfter(28, of)).toEqual({ kind: 'unused', leftMs: 2 * minute })
  expect(endAfter(31, of)).toEqual({ kind: 'unused', leftMs: 0 })
})

it('says five minutes before that a session expires, which nothing extends', () => {
  expect(endAfter(714, session(null, 720))).toMatchObject({ kind: 'open' })
  expect(endAfter(715, session(null, 720))).toEqual({ kind: 'expiring', leftMs: 5 * minute })
  expect(endAfter(716, session(740, 720))).toEqual({ kind: 'expiring', leftMs: 4 * minute })
})

it('offers to keep an unused session open that expires a little later', () => {
  expect(endAfter(716, session(717, 720))).toEqual({ kind: 'unused', leftMs: minute })
})

it('offers nothing that would not help: the session expires before it ends unused', () => {
  expect(endAfter(719, session(721, 720))).toEqual({ kind: 'expiring', leftMs: minute })
})

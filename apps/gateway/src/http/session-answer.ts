import type { SessionView, SignInMethod } from '@authscript/prior-auth'
import type { FastifyReply } from 'fastify'
import type { Clock } from '../clock.ts'
import { type Auth, type Opened, sessionCookie } from './auth.ts'
import { forgetFrameSession } from './launch-cookies.ts'
import { HttpProblem } from './problem.ts'

/** For every cookie of a sign-in: scripts cannot read it, and other sites cannot send it. */
export const strictCookie = (secure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure }) as const

type View = { -readonly [Key in keyof SessionView]: SessionView[Key] }

interface SessionClock {
  readonly auth: Pick<Auth, 'idleTimes'>
  readonly clock: Pick<Clock, 'now'>
}

/** When a session ends, for the page. Keys do not end. */
export function sessionTimes(
  {
    expiresAt,
    usedAt,
  }: { readonly expiresAt: Date | undefined; readonly usedAt: Date | undefined },
  { auth, clock }: SessionClock,
) {
  const { idleEndsAt, warnSeconds } = auth.idleTimes(usedAt)
  return {
    expiresAt: (expiresAt ?? new Date(8.64e15)).toISOString(),
    idleEndsAt: idleEndsAt?.toISOString() ?? null,
    warnSeconds,
    now: clock.now().toISOString(),
  }
}

/** Gives a browser the cookie of its new session. */
export function answerOpened(
  reply: FastifyReply,
  { session, grant, usedAt, isTemporary }: Opened,
  method: SignInMethod,
  { secureCookies, ...times }: SessionClock & { readonly secureCookies: boolean },
) {
  forgetFrameSession(reply)
  reply.setCookie(sessionCookie, session, {
    ...strictCookie(secureCookies),
    expires: grant.expiresAt,
  })
  const { label, personId = null, roles, practiceIds, expiresAt } = grant
  return {
    label,
    personId,
    method,
    roles: [...roles],
    practiceIds: [...practiceIds],
    // Not for a launch, which ends with a page.
    ehrFrame: null,
    mustChangePassword: isTemporary,
    ...sessionTimes({ expiresAt, usedAt }, times),
  } satisfies View
}

/** In words for the person who signs in. */
export function refusalOf(
  refused: { readonly outcome: 'refused' | 'disabled' | 'no_practice' },
  detail: string,
): HttpProblem {
  switch (refused.outcome) {
    case 'refused':
      return new HttpProblem(401, 'sign_in_refused', detail)
    case 'disabled':
      return new HttpProblem(
        403,
        'account_disabled',
        'your account is disabled; ask an administrator of your practice',
      )
    case 'no_practice':
      return new HttpProblem(
        403,
        'practice_missing',
        'your account has no practice or no role yet; ask an administrator of your practice',
      )
    default:
      return refused.outcome satisfies never
  }
}

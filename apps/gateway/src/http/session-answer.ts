import type { SessionView, SignInMethod } from '@authscript/prior-auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Auth, Opened } from './auth.ts'
import { forgetFrameSession } from './launch-cookies.ts'
import { HttpProblem } from './problem.ts'
import { sessionCookie } from './window-cookies.ts'

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
  request: FastifyRequest,
  reply: FastifyReply,
  { session, grant, usedAt, isTemporary }: Opened,
  {
    method,
    secureCookies,
    ...times
  }: SessionClock & {
    readonly method: SignInMethod
    readonly secureCookies: boolean
  },
) {
  forgetFrameSession(reply)
  sessionCookie.keep(request, reply, { value: session, secureCookies, expires: grant.expiresAt })
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

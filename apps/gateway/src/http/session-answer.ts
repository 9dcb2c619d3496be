import type { SessionView, SignInMethod } from '@authscript/prior-auth'
import type { FastifyReply } from 'fastify'
import { type Opened, sessionCookie } from './auth.ts'
import { forgetFrameSession } from './launch-cookies.ts'
import { HttpProblem } from './problem.ts'

/** For every cookie of a sign-in: scripts cannot read it, and other sites cannot send it. */
export const strictCookie = (secure: boolean) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure }) as const

type View = { -readonly [Key in keyof SessionView]: SessionView[Key] }

/** Gives a browser the cookie of its new session. */
export function answerOpened(
  reply: FastifyReply,
  { session, grant }: Opened,
  method: SignInMethod,
  secureCookies: boolean,
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
    expiresAt: expiresAt.toISOString(),
    // No launch: those end at a page, not at an answer.
    ehrFrame: null,
  } satisfies View
}

/** In words for whoever wants to sign in. */
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

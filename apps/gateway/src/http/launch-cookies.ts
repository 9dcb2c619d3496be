import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { frameSessionCookie } from './frame-session.ts'
import { sessionCookie } from './window-cookies.ts'

/**
 * The secret of a browser in which a launch has begun. Sent in frames too, and kept apart for each site that shows one. The prefix makes
 * browsers refuse it from other hosts and without TLS (this machine excepted).
 */
const browserCookie = '__Host-authscript_launch'

const inFrames = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'none',
  partitioned: true,
} as const satisfies CookieSerializeOptions

export const browserSecretOf = (request: FastifyRequest): string | undefined =>
  request.cookies[browserCookie]

export function keepBrowserSecret(reply: FastifyReply, secret: string, expires: Date): void {
  reply.setCookie(browserCookie, secret, { ...inFrames, expires })
}

/** Whether the answer is shown in a frame: there, browsers send only cookies that are made for it. */
export function isInFrame(request: FastifyRequest): boolean {
  const destination = request.headers['sec-fetch-dest']
  return destination === 'iframe' || destination === 'frame'
}

/**
 * Keeps the session in the frame, or in the window. Only one of the two: if the EHR and the gateway are on the same site, a browser would
 * send both, perhaps of two people.
 */
export function keepSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: { readonly token: string; readonly expires: Date; readonly secureCookies: boolean },
): void {
  const { token, expires, secureCookies } = session
  if (isInFrame(request)) {
    reply.setCookie(frameSessionCookie, token, { ...inFrames, expires })
    sessionCookie.forget(request, reply, secureCookies)
  } else {
    sessionCookie.keep(request, reply, { value: token, secureCookies, expires })
    forgetFrameSession(reply)
  }
}

/** Another sign-in or a sign-out also ends the session of a launch. */
export function forgetFrameSession(reply: FastifyReply): void {
  reply.clearCookie(frameSessionCookie, inFrames)
}

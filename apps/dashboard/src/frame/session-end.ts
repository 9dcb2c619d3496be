import type { Session } from '../api/client.ts'

/**
 * `open`: nothing to say before `askAt`. `unused`: nobody has used the session for a while, and it ends in `leftMs` unless somebody does.
 * `expiring`: it ends in `leftMs` whatever anybody does.
 */
export type SessionEnd =
  | { readonly kind: 'open'; readonly askAt: number }
  | { readonly kind: 'unused' | 'expiring'; readonly leftMs: number }

/** Nothing extends a session that expires, so people hear of it in time to finish what they do. */
export const expiryWarnMs = 5 * 60_000

/**
 * How a session stands, by the gateway's times.
 *
 * @param answeredAt when the session was answered, by the clock of this browser, which may be wrong
 * @param at now, by the same clock
 */
export function sessionEndAt(
  {
    expiresAt,
    idleEndsAt,
    warnSeconds,
    now,
  }: Pick<Session, 'expiresAt' | 'idleEndsAt' | 'warnSeconds' | 'now'>,
  { answeredAt, at }: { readonly answeredAt: number; readonly at: number },
): SessionEnd {
  const toLocal = (time: string) => answeredAt + Date.parse(time) - Date.parse(now)
  const expiry = toLocal(expiresAt)
  const idleEnd = idleEndsAt === null ? Number.POSITIVE_INFINITY : toLocal(idleEndsAt)
  const unusedFrom = idleEnd < expiry ? idleEnd - warnSeconds * 1000 : Number.POSITIVE_INFINITY
  const expiringFrom = expiry - expiryWarnMs
  // What can be helped comes first.
  if (at >= unusedFrom) return { kind: 'unused', leftMs: Math.max(0, idleEnd - at) }
  if (at >= expiringFrom) return { kind: 'expiring', leftMs: Math.max(0, expiry - at) }
  return { kind: 'open', askAt: Math.min(unusedFrom, expiringFrom) }
}

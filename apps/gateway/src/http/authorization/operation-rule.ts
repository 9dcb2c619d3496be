import type { AuditAction, Role } from '@authscript/prior-auth'

/** Who may use one operation of the API. */
export interface OperationRule {
  /** One of these is enough. `anyone` needs no credential; `signed_in` is everybody who has one. */
  readonly roles: readonly Role[] | 'anyone' | 'signed_in'
  /**
   * - `own`: the operation sees and changes only what belongs to the caller's practices.
   * - `all`: it changes the gateway as a whole, so the caller must have every practice.
   * - `own_or_all`: `own`, and `all` for what belongs to every practice; the route calls `requireAllPractices`.
   * - `none`: it concerns no practice.
   */
  readonly practices: 'own' | 'all' | 'own_or_all' | 'none'
  /** Whether its answer or its request contains chart data: then only `chartRoles` may have it. */
  readonly chart: boolean
  /**
   * What the audit trail calls it. An answer of such an operation is not sent before its row is written. `no` is for what neither shows
   * nor changes chart data, settings, people or keys.
   */
  readonly audited: AuditAction | 'no'
  /**
   * People who signed in with a password that somebody else made, or by their first link, may use it too; for everything else they must
   * first choose their own.
   */
  readonly withTemporaryPassword?: true
  /** Refused to programs, whatever roles they have besides `service`. */
  readonly byPerson?: true
}

/** Roles that may see charts. Without one of them a caller gets no chart data, not even in events. */
export const chartRoles: readonly Role[] = ['clinician', 'staff', 'service']

export function seesCharts(roles: ReadonlySet<Role>): boolean {
  return chartRoles.some((role) => roles.has(role))
}

/** Whether this is a program: it signs nothing, whatever other roles its key has. */
export function isProgram(roles: ReadonlySet<Role>): boolean {
  return roles.has('service')
}

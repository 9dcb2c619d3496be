import type { AnswerValue } from '@authscript/prior-auth'

/**
 * How approving is offered. It is the primary button only where the criteria are met; otherwise it is one of several. Its label says when
 * a reason is needed.
 */
export function approveWords({
  verdict,
  unsettledCount,
}: {
  readonly verdict: AnswerValue | undefined
  /** The number of questions that need a reason. */
  readonly unsettledCount: number
}): { readonly rest: string; readonly isPrimary: boolean } {
  return {
    rest: unsettledCount === 0 ? 'and file to chart' : 'with a reason',
    isPrimary: verdict === 'met',
  }
}

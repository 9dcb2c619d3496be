import type { AnswerValue } from '@authscript/prior-auth'

/**
 * How the act of approving is offered. It is the first act only where the criteria are met; else it is one of several. Its button says
 * when a reason is needed.
 */
export function approveWords({
  verdict,
  unsettledCount,
}: {
  readonly verdict: AnswerValue | undefined
  /** Questions for which a reason is asked. */
  readonly unsettledCount: number
}): { readonly rest: string; readonly isPrimary: boolean } {
  return {
    rest: unsettledCount === 0 ? 'and file to chart' : 'with a reason',
    isPrimary: verdict === 'met',
  }
}

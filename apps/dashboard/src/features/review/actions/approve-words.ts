import type { AnswerValue } from '@authscript/prior-auth'

/**
 * How the act of approving is offered. It is the first act only where nothing speaks against it: where the criteria are not met, or a
 * question needs a reason, it is one of several, and its button says that a reason is needed.
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
    isPrimary: unsettledCount === 0 && verdict === 'met',
  }
}

import type { UseMutationResult } from '@tanstack/react-query'
import { RequestFailed } from '../../../api/client.ts'
import { Failure } from '../../../ui/notice.tsx'

/** Why a view was not saved, changed or deleted. */
export function Refusal({ of: { error } }: { of: Pick<UseMutationResult, 'error'> }) {
  return error === null ? null : <Failure error={inPlainWords(error)} />
}

/** Of a name that is too long the gateway says which part of the request is wrong, and why. */
function inPlainWords(error: Error): Error {
  if (!(error instanceof RequestFailed)) return error
  const [issue] = error.problem.issues ?? []
  return issue === undefined
    ? error
    : new RequestFailed({ ...error.problem, detail: issue.message })
}

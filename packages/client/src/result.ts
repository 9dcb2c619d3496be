import type { HistoryEntry, Operations } from './api.ts'

/** What the client itself finds wrong: no answer at all, or one that is not the gateway's. */
export type ClientCode = 'unreachable' | 'unexpected_answer'

/** A failure as the gateway describes it (RFC 9457). `code` is one of its documented codes; `type` leads to what can be done. */
export interface ProblemDocument<Code extends string = string> {
  readonly type: string
  readonly title: string
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number
  readonly code: Code
  readonly detail?: string
  readonly instance?: string
  /** What was found and what is allowed, by path into the request. */
  readonly issues?: readonly { readonly path: string; readonly message: string }[]
}

/** The order or form was changed since it was read: who did it, and what. */
interface Stale extends ProblemDocument<'version_stale'> {
  readonly changedBy?: string | null
  readonly changes?: readonly HistoryEntry[]
}

type Codes<Name extends keyof Operations> = Operations[Name]['code'] | ClientCode

/** Every way in which an operation can fail, distinguished by `code`. */
export type ProblemOf<Name extends keyof Operations> = {
  readonly [Code in Codes<Name>]: Code extends 'version_stale' ? Stale : ProblemDocument<Code>
}[Codes<Name>]

export type Result<Name extends keyof Operations> =
  | {
      readonly ok: true
      readonly status: number
      readonly data: Operations[Name]['answer']
      /** The version of what was read, for `ifMatch` of a change. */
      readonly etag: string | undefined
    }
  | { readonly ok: false; readonly problem: ProblemOf<Name> }

/** A failure that nobody looked at: `dataOf` and the event stream throw it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: number
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`)
    this.code = problem.code
    this.status = problem.status
    this.problem = problem
  }
}

/**
 * The data of an answer, for callers who do not handle failures here.
 *
 * @throws {ApiError} the operation failed
 */
export function dataOf<Data>(
  result:
    | { readonly ok: true; readonly data: Data }
    | { readonly ok: false; readonly problem: ProblemDocument },
): Data {
  if (result.ok) return result.data
  throw new ApiError(result.problem)
}

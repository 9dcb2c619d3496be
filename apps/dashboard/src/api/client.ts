import {
  type EncounterView,
  encounterView,
  type Problem,
  problem,
  type SessionRequest,
  sessionView,
} from '@authscript/prior-auth'
import { z } from 'zod'
import { attendance, unattended } from './attendance.ts'

// By default Zod compiles validators with eval, which our content security policy forbids.
z.config({ jitless: true })

/** The gateway refused the request or could not be reached; `problem` says why. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly problem: Problem

  constructor(failure: Problem) {
    // The gateway's own text for it is for programs.
    const isSignedOut = failure.code === 'unauthenticated'
    const problem = isSignedOut ? { ...failure, detail: signedOut } : failure
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

const signedOut =
  'You were signed out before this was saved. Nothing that you typed is lost: sign in, then try again.'

const unreachable: Problem = {
  type: 'about:blank#unreachable',
  title: 'The gateway cannot be reached',
  status: 0,
  code: 'unreachable',
}

const toRecord = (headers: HeadersInit | undefined) => Object.fromEntries(new Headers(headers))

/** The answer, if the request was accepted. */
export async function sendFor(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      credentials: 'same-origin',
      ...init,
      headers: { ...attendance(), ...toRecord(init.headers) },
    })
  } catch {
    throw new RequestFailed(unreachable)
  }
  if (!response.ok) {
    // Some problems say more: what changed meanwhile, for example.
    const parsed = problem.loose().safeParse(await response.json().catch(() => undefined))
    throw new RequestFailed(
      parsed.success
        ? parsed.data
        : {
            type: 'about:blank',
            title: response.statusText,
            status: response.status,
            code: 'unknown',
          },
    )
  }
  return response
}

export async function sendRequest<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init: RequestInit = {},
): Promise<z.output<Schema>> {
  const response = await sendFor(path, init)
  return schema.parse(response.status === 204 ? undefined : await response.json())
}

export const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Who is signed in, from the cache. */
export type Session = z.output<typeof sessionView>

export const client = {
  session: () => sendRequest('/api/session', sessionView),
  /** Without keeping the session open. */
  sessionUnused: () => sendRequest('/api/session', sessionView, { headers: unattended }),
  signIn: (request: SessionRequest) => sendRequest('/api/session', sessionView, json(request)),
  signOut: (signal: AbortSignal) =>
    sendRequest('/api/session', z.undefined(), { method: 'DELETE', signal }),
  reprocess: ({ encounterId, practiceId }: Pick<EncounterView, 'encounterId' | 'practiceId'>) =>
    sendRequest(
      `/api/encounters/${encodeURIComponent(encounterId)}/reprocess?practiceId=${encodeURIComponent(practiceId)}`,
      encounterView,
      { method: 'POST' },
    ),
}

export function formUrl(workItemId: string, version: number): string {
  return `/api/work-items/${encodeURIComponent(workItemId)}/form.pdf?v=${version}`
}

/** The form with its attachments, as it goes to the chart and to the payer. */
export function documentUrl(workItemId: string, version: number): string {
  return `/api/work-items/${encodeURIComponent(workItemId)}/document.pdf?v=${version}`
}

/** The audit trail distinguishes printing from saving a file. */
export const toPrint = (url: string): string => `${url}&for=print`

export function faxUrl(workItemId: string, version: number): string {
  return `/api/work-items/${encodeURIComponent(workItemId)}/fax.pdf?v=${version}`
}

export function attachmentUrl(workItemId: string, attachmentId: string): string {
  return `/api/work-items/${encodeURIComponent(workItemId)}/attachments/${encodeURIComponent(attachmentId)}`
}

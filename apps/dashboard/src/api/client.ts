import {
  type EncounterView,
  encounterDetail,
  encounterView,
  pageOf,
  type Problem,
  problem,
  type SessionRequest,
  sessionView,
  workItemSummary,
  type WorkItemView,
  workItemView,
  type WriteBackResolution,
} from '@authscript/prior-auth'
import { z } from 'zod'

// Zod compiles its checks with eval, which our content security policy forbids.
z.config({ jitless: true })

/** The gateway refused, or could not be reached; `problem` is its word on why. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed'
  readonly problem: Problem

  constructor(failure: Problem) {
    super(failure.detail ?? failure.title)
    this.problem = failure
  }
}

const unreachable: Problem = {
  type: 'about:blank#unreachable',
  title: 'The gateway cannot be reached',
  status: 0,
  code: 'unreachable',
}

async function ask<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  init: RequestInit = {},
): Promise<z.output<Schema>> {
  let response: Response
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init })
  } catch {
    throw new RequestFailed(unreachable)
  }
  if (!response.ok) {
    const told = problem.safeParse(await response.json().catch(() => undefined))
    throw new RequestFailed(
      told.success
        ? told.data
        : {
            type: 'about:blank',
            title: response.statusText,
            status: response.status,
            code: 'unknown',
          },
    )
  }
  return schema.parse(response.status === 204 ? undefined : await response.json())
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const listLimit = 200

export const client = {
  session: () => ask('/api/session', sessionView),
  signIn: (request: SessionRequest) => ask('/api/session', sessionView, json(request)),
  signOut: () => ask('/api/session', z.undefined(), { method: 'DELETE' }),
  encounters: () => ask(`/api/encounters?limit=${listLimit}`, pageOf(encounterView)),
  encounter: (encounterId: string, practiceId: string) =>
    ask(
      `/api/encounters/${encodeURIComponent(encounterId)}?practiceId=${encodeURIComponent(practiceId)}`,
      encounterDetail,
    ),
  workItems: () => ask(`/api/work-items?limit=${listLimit}`, pageOf(workItemSummary)),
  workItem: (workItemId: string) =>
    ask(`/api/work-items/${encodeURIComponent(workItemId)}`, workItemView),
  resolveWriteBack: ({
    workItemId,
    version,
    resolution,
  }: Pick<WorkItemView, 'workItemId' | 'version'> & {
    readonly resolution: WriteBackResolution
  }) => {
    const request = json(resolution)
    return ask(
      `/api/work-items/${encodeURIComponent(workItemId)}/write-back/resolve`,
      workItemView,
      { ...request, headers: { ...request.headers, 'if-match': `"${version}"` } },
    )
  },
  reprocess: ({ encounterId, practiceId }: Pick<EncounterView, 'encounterId' | 'practiceId'>) =>
    ask(
      `/api/encounters/${encodeURIComponent(encounterId)}/reprocess?practiceId=${encodeURIComponent(practiceId)}`,
      encounterView,
      { method: 'POST' },
    ),
}

export function formUrl(workItemId: string, version: number): string {
  return `/api/work-items/${encodeURIComponent(workItemId)}/form.pdf?v=${version}`
}

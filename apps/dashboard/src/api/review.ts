import {
  type AnswerChangeRequest,
  type AskRequest,
  type AskResult,
  type FaxContact,
  faxContactView,
  type FormEntriesRequest,
  type PayerStepRequest,
  type ReviewView,
  queueSummary,
  reviewView,
  type StaleProblem,
  staleProblem,
  workItemHistory,
  workItemSource,
  type WriteBackResolution,
} from '@authscript/prior-auth'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { RequestFailed, sendRequest } from './client.ts'

/** The requests of the review page. */

const pathOf = (workItemId: string, rest = '') =>
  `/api/work-items/${encodeURIComponent(workItemId)}${rest}`

/** Values are replaced, never changed. */
const readOrder = (path: string, init?: RequestInit): Promise<ReviewView> =>
  sendRequest(path, reviewView, init)

/** How often the order is read again, in case an event of it was missed. */
const refreshMs = 30_000

export const reviewQueries = {
  order: (workItemId: string) =>
    queryOptions({
      queryKey: ['work-item', workItemId, 'review'],
      queryFn: () => readOrder(pathOf(workItemId)),
      refetchInterval: refreshMs,
    }),
  /** The chart behind one version of the order. A request that did not find it is not repeated. */
  source: (workItemId: string, version: number) =>
    queryOptions({
      queryKey: ['work-item-source', workItemId, version],
      queryFn: () => sendRequest(pathOf(workItemId, '/source'), workItemSource),
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  history: (workItemId: string) =>
    queryOptions({
      queryKey: ['work-item', workItemId, 'history'],
      queryFn: () => sendRequest(pathOf(workItemId, '/history'), workItemHistory),
    }),
  faxContact: (workItemId: string) =>
    queryOptions({
      queryKey: ['fax-contact', workItemId],
      queryFn: () => sendRequest(pathOf(workItemId, '/fax-cover'), faxContactView),
      staleTime: 0,
    }),
  /** The people to whom orders are assigned, as suggestions. */
  owners: () =>
    queryOptions({
      queryKey: ['work-queue-owners'],
      queryFn: () => sendRequest('/api/work-queue/summary', queueSummary),
      select: ({ owners }) => owners,
      staleTime: 60_000,
    }),
  clinicians: () =>
    queryOptions({
      queryKey: ['work-queue-owners'],
      queryFn: () => sendRequest('/api/work-queue/summary', queueSummary),
      select: ({ clinicians }) => clinicians,
      staleTime: 60_000,
    }),
}

/** The order, and the version that the person saw. Any other version is refused. */
export interface Seen {
  readonly workItemId: string
  readonly version: number
}

function changed(method: 'POST' | 'PUT' | 'DELETE', version: number, body?: unknown): RequestInit {
  return {
    method,
    headers: {
      'if-match': `"${version}"`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }
}

const answerPath = (workItemId: string, criterionId: string) =>
  pathOf(workItemId, `/answers/${encodeURIComponent(criterionId)}`)

/** An empty reason is none. */
const withReason = (reason: string) => (reason.trim() === '' ? {} : { reason })

export const reviewRequests = {
  changeAnswer: (
    { workItemId, version }: Seen,
    { criterionId, ...request }: AnswerChangeRequest & { readonly criterionId: string },
  ) => readOrder(answerPath(workItemId, criterionId), changed('PUT', version, request)),
  restoreAnswer: (
    { workItemId, version }: Seen,
    { criterionId }: { readonly criterionId: string },
  ) => readOrder(answerPath(workItemId, criterionId), changed('DELETE', version)),
  fillForm: ({ workItemId, version }: Seen, entries: FormEntriesRequest['entries']) =>
    readOrder(pathOf(workItemId, '/form'), changed('PUT', version, { entries })),
  approve: (
    { workItemId, version }: Seen,
    { reason, placeSignature }: { readonly reason: string; readonly placeSignature: boolean },
  ) =>
    readOrder(
      pathOf(workItemId, '/approve'),
      changed('POST', version, {
        ...withReason(reason),
        ...(placeSignature ? { placeSignature } : {}),
      }),
    ),
  /** The name is no part of the address: it may name the patient. */
  attachFile: ({ workItemId, version }: Seen, file: File) =>
    readOrder(pathOf(workItemId, '/attachments'), {
      method: 'POST',
      headers: {
        'if-match': `"${version}"`,
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name.toWellFormed()),
      },
      body: file,
    }),
  removeAttachment: (
    { workItemId, version }: Seen,
    { attachmentId }: { readonly attachmentId: string },
  ) =>
    readOrder(
      pathOf(workItemId, `/attachments/${encodeURIComponent(attachmentId)}`),
      changed('DELETE', version),
    ),
  keepFaxContact: (workItemId: string, contact: FaxContact) =>
    sendRequest(pathOf(workItemId, '/fax-cover'), z.undefined(), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(contact),
    }),
  close: ({ workItemId, version }: Seen, { reason }: { readonly reason: string }) =>
    readOrder(pathOf(workItemId, '/close'), changed('POST', version, withReason(reason))),
  reopen: ({ workItemId, version }: Seen) =>
    readOrder(pathOf(workItemId, '/reopen'), changed('POST', version)),
  ask: ({ workItemId, version }: Seen, request: AskRequest) =>
    readOrder(pathOf(workItemId, '/information-request'), changed('PUT', version, request)),
  endAsk: ({ workItemId, version }: Seen, result: AskResult) =>
    readOrder(pathOf(workItemId, '/information-request/result'), changed('POST', version, result)),
  handOver: ({ workItemId, version }: Seen, { owner }: { readonly owner: string }) =>
    readOrder(pathOf(workItemId, '/hand-over'), changed('POST', version, { owner })),
  recordPayerStep: ({ workItemId, version }: Seen, step: PayerStepRequest) =>
    readOrder(pathOf(workItemId, '/payer-steps'), changed('POST', version, step)),
  resolveWriteBack: ({ workItemId, version }: Seen, resolution: WriteBackResolution) =>
    readOrder(pathOf(workItemId, '/write-back/resolve'), changed('POST', version, resolution)),
  addNote: (
    { workItemId, version }: Seen,
    note: { readonly text: string; readonly mentions: readonly string[] },
  ) => sendRequest(pathOf(workItemId, '/notes'), z.undefined(), changed('POST', version, note)),
  readMentions: (workItemId: string) =>
    sendRequest(pathOf(workItemId, '/mentions/read'), z.undefined(), { method: 'POST' }),
}

type Conflict = Pick<StaleProblem, 'changedBy' | 'changes'>

/** Who changed what since the version that the person saw; undefined for any other failure. */
export function conflictOf(error: Error | null): Conflict | undefined {
  if (!(error instanceof RequestFailed) || error.problem.code !== 'version_stale') return undefined
  const stale = staleProblem.safeParse(error.problem)
  return stale.success ? stale.data : { changedBy: null, changes: [] }
}

/** The questions for which the gateway wants a reason; undefined for any other failure. */
export function openQuestionsOf(error: Error | null): readonly string[] | undefined {
  if (!(error instanceof RequestFailed) || error.problem.code !== 'reason_required')
    return undefined
  return error.problem.issues?.map(({ message }) => message) ?? []
}

export const isUnreachable = (error: Error | null): boolean =>
  error instanceof RequestFailed && error.problem.status === 0

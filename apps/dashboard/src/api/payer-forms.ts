import {
  formRoleView,
  maxFormBytes,
  type PayerFormChange,
  type PayerFormDetail,
  payerFormDetail,
  payerFormSummary,
} from '@authscript/prior-auth'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'
import { RequestFailed, sendFor, sendRequest } from './client.ts'

/** The requests of the map editor. */

const pathOf = (formId: string, rest = '') => `/api/forms/${encodeURIComponent(formId)}${rest}`

/** A form and the version that the person saw. */
export interface SeenForm {
  readonly formId: string
  readonly version: number
}

const formList = z.object({ forms: z.array(payerFormSummary) })
const roleList = z.object({ roles: z.array(formRoleView) })

export const formQueries = {
  list: () =>
    queryOptions({
      queryKey: ['payer-forms'],
      queryFn: async () => (await sendRequest('/api/forms', formList)).forms,
    }),
  roles: () =>
    queryOptions({
      queryKey: ['form-roles'],
      queryFn: async () => (await sendRequest('/api/forms/roles', roleList)).roles,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** Read once, so that a form is not replaced while a person changes it. */
  detail: (formId: string) =>
    queryOptions({
      queryKey: ['payer-form', formId],
      queryFn: () => sendRequest(pathOf(formId), payerFormDetail),
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    }),
}

export const blankUrl = (formId: string) => pathOf(formId, '/blank.pdf')

const changed = (method: string, { version }: SeenForm, body?: object): RequestInit => ({
  method,
  headers: {
    'if-match': `"${version}"`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

export interface TestFilled {
  readonly bytes: Uint8Array
  /** The notices that a reviewer would read beside the form. */
  readonly notices: readonly string[]
}

export const payerForms = {
  /** @throws {RequestFailed} also for a file that is too large, without sending it */
  async upload(file: File, practiceId: string | undefined): Promise<PayerFormDetail> {
    if (file.size > maxFormBytes) throw tooLarge(file.name)
    const query = practiceId === undefined ? '' : `?practiceId=${encodeURIComponent(practiceId)}`
    return sendRequest(`/api/forms${query}`, payerFormDetail, {
      method: 'POST',
      headers: { 'content-type': 'application/pdf', 'x-file-name': encodeURIComponent(file.name) },
      body: await file.arrayBuffer(),
    })
  },
  save: (seen: SeenForm, change: PayerFormChange) =>
    sendRequest(pathOf(seen.formId), payerFormDetail, changed('PUT', seen, change)),
  activate: (seen: SeenForm) =>
    sendRequest(pathOf(seen.formId, '/activate'), payerFormDetail, changed('POST', seen)),
  retire: (seen: SeenForm) =>
    sendRequest(pathOf(seen.formId, '/retire'), payerFormDetail, changed('POST', seen)),
  /** Only a form that was never in use. */
  async remove(seen: SeenForm): Promise<void> {
    await sendFor(pathOf(seen.formId), changed('DELETE', seen))
  },
  async testFill(formId: string, change: PayerFormChange): Promise<TestFilled> {
    const response = await sendFor(pathOf(formId, '/test-fill'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    })
    const header = decodeURIComponent(response.headers.get('x-notices') ?? '[]')
    const notices = z.array(z.string()).parse(JSON.parse(header))
    return { bytes: new Uint8Array(await response.arrayBuffer()), notices }
  },
}

function tooLarge(name: string): RequestFailed {
  return new RequestFailed({
    type: 'about:blank#form_too_large',
    title: 'Too large',
    status: 413,
    code: 'form_too_large',
    detail: `${name} is larger than ${maxFormBytes / 1024 / 1024} MB; save it with smaller images, or without attachments`,
  })
}

/** What the form is now, as a change. */
export function changeOf(form: PayerFormDetail): PayerFormChange {
  const { name, payers, codes, map, keptAsPrinted, rules } = form
  return { name, payers, codes, boxes: map, keptAsPrinted, rules }
}

import {
  formRoleView,
  maxFormBytes,
  payerFormChange,
  payerFormDetail,
  payerFormSummary,
} from '@authscript/prior-auth'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EditedForm, EditOutcome, ListedForm } from '../forms/stored/form-editor.ts'
import type { Caller } from './auth.ts'
import { versionOf } from './item-answers.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

const byForm = z.object({ formId: z.string().min(1).max(64) })
const uploadQuery = z.object({ practiceId: z.string().min(1).max(64).optional() })
const pdfType = 'application/pdf'
const unnamed = 'the PDF'
/** A header takes a few thousand characters. */
const maxNotices = 12

/** The map editor: operators upload a payer's form, say what its boxes are for, and put it into use. */
export function addPayerFormRoutes(
  app: App,
  { auth, formEditor, roleViews, uploadPlaces }: RouteDependencies,
): void {
  /** A form of every practice may be seen by each operator, and changed by one who has every practice. */
  async function requireOwner(request: FastifyRequest, formId: string): Promise<Caller> {
    const caller = auth.caller(request)
    const found = await formEditor.list(caller.practiceIds)
    const form = found.find(({ row }) => row.form_id === formId)
    if (form === undefined) throw notFound('this form')
    if (form.row.practice_id === null) await auth.requireAllPractices(request)
    return caller
  }

  const seenIn = (request: FastifyRequest, formId: string) => ({
    formId,
    version: versionOf(request.headers['if-match']),
  })

  app.get(
    '/api/forms',
    {
      schema: {
        operationId: 'listPayerForms',
        tags: ['forms'],
        summary: 'Uploaded forms of payers, newest first',
        response: { 200: z.object({ forms: z.array(payerFormSummary) }) },
      },
    },
    async (request) => {
      const { practiceIds } = auth.caller(request)
      const forms = await formEditor.list(practiceIds)
      return { forms: forms.map(toSummary) }
    },
  )

  app.get(
    '/api/forms/roles',
    {
      schema: {
        operationId: 'listFormRoles',
        tags: ['forms'],
        summary: 'What a box of a form can be for',
        response: { 200: z.object({ roles: z.array(formRoleView) }) },
      },
    },
    async () => {
      return { roles: forWire<z.infer<typeof formRoleView>[]>(roleViews) }
    },
  )

  app.post(
    '/api/forms',
    {
      bodyLimit: maxFormBytes,
      errorHandler: sayTooLarge,
      async preParsing(request, reply) {
        uploadPlaces.take(auth.caller(request).label, reply)
      },
      schema: {
        operationId: 'uploadPayerForm',
        tags: ['forms'],
        summary:
          'Upload a blank form (a PDF with form fields); its name in X-File-Name, URI-encoded',
        consumes: [pdfType],
        querystring: uploadQuery,
        response: { 201: payerFormDetail },
      },
    },
    async (request, reply) => {
      const { practiceId } = request.query
      const caller =
        practiceId === undefined ? await auth.requireAllPractices(request) : auth.caller(request)
      if (practiceId !== undefined && !caller.practiceIds.includes(practiceId))
        throw new HttpProblem(
          403,
          'practice_foreign',
          `the credential does not belong to practice ${practiceId}`,
        )
      const fileName = fileNameOf(request)
      if (!Buffer.isBuffer(request.body) || request.body.length === 0)
        throw unusable(fileName, ['it is empty, or was not sent as application/pdf'])
      const upload = { practiceId: practiceId ?? null, fileName, pdf: request.body }
      const outcome = await formEditor.add(upload, caller.label)
      return sendForm(reply.code(201), fileName, outcome)
    },
  )

  app.get(
    '/api/forms/:formId',
    {
      schema: {
        operationId: 'getPayerForm',
        tags: ['forms'],
        summary: 'One form: its boxes, what they are for, and what is wrong with it',
        params: byForm,
        response: { 200: payerFormDetail },
      },
    },
    async (request, reply) => {
      const { practiceIds } = auth.caller(request)
      const { formId } = request.params
      return sendForm(reply, unnamed, await formEditor.detail(practiceIds, formId))
    },
  )

  app.get(
    '/api/forms/:formId/blank.pdf',
    {
      schema: {
        operationId: 'getBlankForm',
        tags: ['forms'],
        summary: 'The blank form as a PDF',
        params: byForm,
      },
    },
    async (request, reply) => {
      const { practiceIds } = auth.caller(request)
      const pdf = await formEditor.blank(practiceIds, request.params.formId)
      if (pdf === undefined) throw notFound('this form')
      return sendPdf(reply, pdf)
    },
  )

  app.put(
    '/api/forms/:formId',
    {
      schema: {
        operationId: 'changePayerForm',
        tags: ['forms'],
        summary:
          'Save name, payers and map of the version in If-Match; the version in use stays in use',
        params: byForm,
        body: payerFormChange,
        response: { 200: payerFormDetail },
      },
    },
    async (request, reply) => {
      const { formId } = request.params
      const caller = await requireOwner(request, formId)
      const seen = seenIn(request, formId)
      const outcome = await formEditor.change(caller.practiceIds, seen, request.body, caller.label)
      return sendForm(reply, unnamed, outcome)
    },
  )

  app.post(
    '/api/forms/:formId/test-fill',
    {
      schema: {
        operationId: 'testPayerForm',
        tags: ['forms'],
        summary:
          'The form with an invented patient, as this map would fill it; nothing is saved. X-Notices: what a reviewer would read, as JSON, URI-encoded',
        params: byForm,
        body: payerFormChange,
      },
    },
    async (request, reply) => {
      const { practiceIds } = auth.caller(request)
      const { formId } = request.params
      const outcome = await formEditor.testFill(practiceIds, formId, request.body)
      const { pdf, notices } = valueOf(request.body.name, outcome)
      // About an invented patient.
      const shown = encodeURIComponent(JSON.stringify(notices.slice(0, maxNotices)))
      return sendPdf(reply.header('x-notices', shown), pdf)
    },
  )

  for (const [verb, summary] of [
    ['activate', 'Put the version in If-Match into use, for orders that are filled from now on'],
    ['retire', 'Take the form out of use; orders that were filled on it keep it'],
  ] as const)
    app.post(
      `/api/forms/:formId/${verb}`,
      {
        schema: {
          operationId: `${verb}PayerForm`,
          tags: ['forms'],
          summary,
          params: byForm,
          response: { 200: payerFormDetail },
        },
      },
      async (request, reply) => {
        const { formId } = request.params
        const caller = await requireOwner(request, formId)
        const seen = seenIn(request, formId)
        const outcome = await formEditor[verb](caller.practiceIds, seen, caller.label)
        return sendForm(reply, unnamed, outcome)
      },
    )

  app.delete(
    '/api/forms/:formId',
    {
      schema: {
        operationId: 'deleteFormDraft',
        tags: ['forms'],
        summary: 'Delete the draft of the version in If-Match; a form that was in use is retired',
        params: byForm,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { formId } = request.params
      const caller = await requireOwner(request, formId)
      const outcome = await formEditor.remove(caller.practiceIds, seenIn(request, formId))
      if (outcome.outcome === 'was used')
        throw new HttpProblem(
          409,
          'form_was_used',
          'the form was in use, and orders may have been filled on it; take it out of use instead',
        )
      valueOf(unnamed, outcome)
      return reply.code(204).send(null)
    },
  )
}

function sendForm(
  reply: FastifyReply,
  fileName: string,
  outcome: EditOutcome<EditedForm>,
): z.infer<typeof payerFormDetail> {
  const form = valueOf(fileName, outcome)
  void reply.header('etag', `"${form.row.version}"`)
  const { boxes, map, keptAsPrinted, rules, shippedRules, requiredRoles, faults, warnings } = form
  return forWire<z.infer<typeof payerFormDetail>>({
    ...toSummary(form),
    boxes,
    map,
    keptAsPrinted,
    rules,
    shippedRules,
    requiredRoles,
    faults,
    warnings,
  })
}

function sendPdf(reply: FastifyReply, pdf: Uint8Array): FastifyReply {
  return reply.type(pdfType).send(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
}

/** @throws {HttpProblem} 404, 412 or 422 for the other outcomes */
function valueOf<Value>(name: string, outcome: EditOutcome<Value>): Value {
  switch (outcome.outcome) {
    case 'done':
      return outcome.value
    case 'unknown':
      throw notFound('this form')
    case 'stale':
      throw new HttpProblem(
        412,
        'version_stale',
        `the form was changed by ${outcome.changedBy} meanwhile`,
        { changedBy: outcome.changedBy, changes: [] },
      )
    case 'unusable':
      throw unusable(name, outcome.faults)
  }
}

function unusable(name: string, faults: readonly string[]): HttpProblem {
  const [first = 'it cannot be read'] = faults
  return new HttpProblem(422, 'form_unusable', `${shortName(name)} cannot be used: ${first}`, {
    issues: faults.map((message) => ({ path: 'form', message })),
  })
}

function sayTooLarge(error: FastifyError, request: FastifyRequest): never {
  if (error.statusCode !== 413) throw error
  const megabytes = maxFormBytes / 1024 / 1024
  throw new HttpProblem(
    413,
    'form_too_large',
    `${shortName(fileNameOf(request))} is larger than ${megabytes} MB; save it with smaller images, or without attachments`,
  )
}

const maxFileName = 300
const maxShown = 80

/** Shortened for a sentence; the end of a name says more than its middle. */
function shortName(name: string): string {
  return name.length <= maxShown ? name : `${name.slice(0, 60)}…${name.slice(-19)}`
}

function fileNameOf(request: FastifyRequest): string {
  const header = request.headers['x-file-name']
  if (typeof header !== 'string' || header.trim() === '') return unnamed
  try {
    const name = decodeURIComponent(header).replaceAll(/\p{C}/gu, '').trim()
    return name === '' ? unnamed : name.slice(0, maxFileName)
  } catch {
    return unnamed
  }
}

function toSummary({ row, fault }: ListedForm): z.infer<typeof payerFormSummary> {
  return {
    formId: row.form_id,
    practiceId: row.practice_id,
    name: row.name,
    fileName: row.file_name,
    payers: [...row.payers],
    codes: [...row.codes],
    state: row.state,
    version: row.version,
    activeVersion: row.active_version,
    changedBy: row.changed_by,
    changedAt: row.changed_at.toISOString(),
    fault: fault ?? null,
  }
}

import {
  answerChangeRequest,
  approveRequest,
  closeRequest,
  formEntriesRequest,
  handOverRequest,
  noteRequest,
  payerStepRequest,
  reviewView,
} from '@authscript/prior-auth'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ChangeOutcome } from '../review/change-outcome.ts'
import type { Caller } from './auth.ts'
import { isProgram } from './authorization/operation-rule.ts'
import { byWorkItem, createItemAnswers, versionOf } from './item-answers.ts'
import { HttpProblem } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

const byAnswer = byWorkItem.extend({ criterionId: z.string().min(1).max(200) })

/** What people change on one work item. Each names the version that they saw. */
export function addReviewRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, review, store } = dependencies
  const { sendItem, requireDone } = createItemAnswers(dependencies)

  const seenIn = (request: FastifyRequest, workItemId: string, caller: Caller) => ({
    workItemId,
    version: versionOf(request.headers['if-match']),
    actor: caller.label,
  })
  const answerTo = async (
    reply: FastifyReply,
    caller: Caller,
    seen: { readonly workItemId: string; readonly version: number },
    outcome: ChangeOutcome,
  ) => {
    await requireDone(seen, outcome)
    return sendItem(reply, caller, seen.workItemId)
  }

  app.put(
    '/api/work-items/:workItemId/answers/:criterionId',
    {
      schema: {
        operationId: 'changeAnswer',
        tags: ['work items'],
        summary: 'Answer a question in place of the chart; the form is filled again',
        params: byAnswer,
        body: answerChangeRequest,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId, criterionId } = request.params
      const seen = seenIn(request, workItemId, caller)
      const change = { ...seen, criterionId, request: request.body }
      return answerTo(reply, caller, seen, await review.changeAnswer(caller, change))
    },
  )

  app.delete(
    '/api/work-items/:workItemId/answers/:criterionId',
    {
      schema: {
        operationId: 'restoreAnswer',
        tags: ['work items'],
        summary: "Let the chart's answer count again; the form is filled again",
        params: byAnswer,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId, criterionId } = request.params
      const seen = seenIn(request, workItemId, caller)
      const outcome = await review.restoreAnswer(caller, { ...seen, criterionId })
      return answerTo(reply, caller, seen, outcome)
    },
  )

  app.put(
    '/api/work-items/:workItemId/form',
    {
      schema: {
        operationId: 'changeWorkItemForm',
        tags: ['work items'],
        summary: 'Type into boxes of the form, which is filled again; null removes what was typed',
        params: byWorkItem,
        body: formEntriesRequest,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      const { entries } = request.body
      return answerTo(reply, caller, seen, await review.changeForm(caller, { ...seen, entries }))
    },
  )

  app.post(
    '/api/work-items/:workItemId/approve',
    {
      schema: {
        operationId: 'approveWorkItem',
        tags: ['work items'],
        summary: 'Approve exactly the version in If-Match; its form goes back to the chart',
        params: byWorkItem,
        body: approveRequest.nullish(),
        response: { 200: reviewView, 202: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      const placeSignature = request.body?.placeSignature
      if (placeSignature === true && isProgram(caller.roles))
        throw new HttpProblem(
          403,
          'signature_by_person',
          'a signature is placed by the signer, never by a program',
        )
      const practiceId = await store.workItems.practiceOf(caller, seen.workItemId)
      if (practiceId !== undefined) {
        await auth.requireApprover(caller, practiceId)
        auth.requireProof(caller, practiceId)
      }
      const approval = { ...seen, reason: request.body?.reason, placeSignature }
      const outcome = await review.approve(caller, approval)
      if (outcome.outcome === 'repeated') return sendItem(reply, caller, seen.workItemId)
      await requireDone(seen, outcome)
      return sendItem(reply.code(202), caller, seen.workItemId)
    },
  )

  app.post(
    '/api/work-items/:workItemId/close',
    {
      schema: {
        operationId: 'closeWorkItem',
        tags: ['work items'],
        summary: 'Close the order, in the version of If-Match',
        params: byWorkItem,
        body: closeRequest.nullish(),
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      const closing = { ...seen, reason: request.body?.reason }
      return answerTo(reply, caller, seen, await review.close(caller, closing))
    },
  )

  app.post(
    '/api/work-items/:workItemId/reopen',
    {
      schema: {
        operationId: 'reopenWorkItem',
        tags: ['work items'],
        summary: 'Open a closed work item again, or withdraw an approval that was not sent yet',
        params: byWorkItem,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      return answerTo(reply, caller, seen, await review.reopen(caller, seen))
    },
  )

  app.post(
    '/api/work-items/:workItemId/hand-over',
    {
      schema: {
        operationId: 'handOverWorkItem',
        tags: ['work items'],
        summary: 'Give a draft to the clinician who is to sign it',
        params: byWorkItem,
        body: handOverRequest,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      const { owner } = request.body
      const { practiceIds: ownerPracticeIds } = await auth.person(owner, ['clinician'])
      const handOver = { ...seen, owner, ownerPracticeIds }
      return answerTo(reply, caller, seen, await review.handOver(caller, handOver))
    },
  )

  app.post(
    '/api/work-items/:workItemId/payer-steps',
    {
      schema: {
        operationId: 'recordPayerStep',
        tags: ['work items'],
        summary:
          'Enter what happened with the payer: sent, more information asked, approved, denied',
        params: byWorkItem,
        body: payerStepRequest,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const seen = seenIn(request, request.params.workItemId, caller)
      const entry = { ...seen, step: request.body }
      return answerTo(reply, caller, seen, await review.recordPayerStep(caller, entry))
    },
  )

  app.post(
    '/api/work-items/:workItemId/notes',
    {
      schema: {
        operationId: 'addNote',
        tags: ['work items'],
        summary: 'Add a note to the history',
        params: byWorkItem,
        body: noteRequest,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const { text, mentions = [] } = request.body
      const mentioned = await Promise.all([...new Set(mentions)].map((label) => auth.person(label)))
      const note = { workItemId, actor: caller.label, text, mentioned }
      await requireDone({ workItemId, version: 0 }, await review.addNote(caller, note))
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/work-items/:workItemId/mentions/read',
    {
      schema: {
        operationId: 'markMentionsRead',
        tags: ['work items'],
        summary: 'The caller, whom a note mentions, has read the notes',
        params: byWorkItem,
        response: { 204: z.void() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const reading = { workItemId, actor: caller.label }
      await requireDone({ workItemId, version: 0 }, await review.readMention(caller, reading))
      return reply.code(204).send()
    },
  )
}

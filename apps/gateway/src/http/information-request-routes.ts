import { askRequest, askResult, reviewView } from '@authscript/prior-auth'
import { byWorkItem, createItemAnswers, versionOf } from './item-answers.ts'
import type { App, RouteDependencies } from './routes.ts'

/** The request for information about one order, until it is answered or withdrawn. */
export function addInformationRequestRoutes(app: App, dependencies: RouteDependencies): void {
  const { auth, review } = dependencies
  const { sendItem, requireDone } = createItemAnswers(dependencies)

  app.put(
    '/api/work-items/:workItemId/information-request',
    {
      schema: {
        tags: ['work items'],
        operationId: 'askForInformation',
        summary: 'Ask somebody for what the chart lacks; the draft waits for the answer',
        params: byWorkItem,
        body: askRequest,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const seen = {
        workItemId,
        version: versionOf(request.headers['if-match']),
        actor: caller.label,
      }
      const person = await auth.person(request.body.of)
      const ask = { ...seen, request: request.body, person }
      await requireDone(seen, await review.askForInformation(caller, ask))
      return sendItem(reply, caller, workItemId)
    },
  )

  app.post(
    '/api/work-items/:workItemId/information-request/result',
    {
      schema: {
        tags: ['work items'],
        operationId: 'endInformationRequest',
        summary: 'Enter the answer to what somebody was asked, or withdraw the request',
        params: byWorkItem,
        body: askResult,
        response: { 200: reviewView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { workItemId } = request.params
      const seen = {
        workItemId,
        version: versionOf(request.headers['if-match']),
        actor: caller.label,
      }
      const end = { ...seen, result: request.body }
      await requireDone(seen, await review.endInformationRequest(caller, end))
      return sendItem(reply, caller, workItemId)
    },
  )
}

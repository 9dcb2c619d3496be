import { recordSentRequest, recordSentResult, undoSentRequest } from '@authscript/prior-auth'
import type { z } from 'zod'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

/** Orders of "To send", several at once. */
export function addSentRoutes(
  app: App,
  { auth, review }: Pick<RouteDependencies, 'auth' | 'review'>,
): void {
  app.post(
    '/api/work-queue/sent',
    {
      schema: {
        tags: ['work queue'],
        operationId: 'recordSent',
        summary:
          'Enter that orders were sent to their payers; the answer lists those that were not changed',
        body: recordSentRequest,
        response: { 200: recordSentResult },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const result = await review.recordSent(caller, { ...request.body, actor: caller.label })
      return forWire<z.infer<typeof recordSentResult>>(result)
    },
  )

  app.post(
    '/api/work-queue/sent/undo',
    {
      schema: {
        tags: ['work queue'],
        operationId: 'undoSent',
        summary: 'Undo that orders were entered as sent, where nothing has happened since',
        body: undoSentRequest,
        response: { 200: recordSentResult },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const result = await review.undoSent(caller, { ...request.body, actor: caller.label })
      return forWire<z.infer<typeof recordSentResult>>(result)
    },
  )
}

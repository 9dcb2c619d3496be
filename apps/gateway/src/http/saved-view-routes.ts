import {
  maxSavedViews,
  type SavedView,
  savedView,
  savedViewChange,
  savedViewRequest,
  savedViews,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { SavedViewRow } from '../store/saved-views.ts'
import type { Caller, Person } from './auth.ts'
import { HttpProblem } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'

const byView = z.object({ viewId: z.string().min(1).max(64) })

/** Searches of the work queue that a person saved, or a colleague shared with the practice. */
export function addSavedViewRoutes(
  app: App,
  { store, auth, clock }: Pick<RouteDependencies, 'store' | 'auth' | 'clock'>,
): void {
  async function changeable(caller: Caller, viewId: string): Promise<SavedViewRow> {
    const row = await store.savedViews.find(caller, viewId)
    if (row === undefined) throw gone()
    if (!toSavedView(row, caller, await auth.people()).canChange)
      throw new HttpProblem(
        403,
        'view_of_another',
        `this view is ${row.saved_by}'s; save one of your own`,
      )
    return row
  }

  app.get(
    '/api/work-queue/views',
    {
      schema: {
        operationId: 'listSavedViews',
        tags: ['work queue'],
        summary: "The caller's saved views, and those shared with their practices",
        response: { 200: savedViews },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const [rows, people] = await Promise.all([store.savedViews.list(caller), auth.people()])
      return { items: rows.map((row) => toSavedView(row, caller, people)) }
    },
  )

  app.post(
    '/api/work-queue/views',
    {
      schema: {
        operationId: 'addSavedView',
        tags: ['work queue'],
        summary: 'Save a search of the work queue as a view',
        body: savedViewRequest,
        response: { 200: savedView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { body } = request
      refuseForeign(caller, body.sharedWith)
      const row = await store.savedViews.add(caller, body, clock.now())
      if (row === 'name_taken') throw nameTaken()
      if (row === 'full')
        throw new HttpProblem(
          409,
          'views_full',
          `you have ${maxSavedViews} saved views, which is the most; delete one first`,
        )
      return toSavedView(row, caller, await auth.people())
    },
  )

  app.put(
    '/api/work-queue/views/:viewId',
    {
      schema: {
        operationId: 'changeSavedView',
        tags: ['work queue'],
        summary: 'Rename a saved view, share it, or give it another search',
        params: byView,
        body: savedViewChange,
        response: { 200: savedView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const before = await changeable(caller, request.params.viewId)
      const { name = before.name, search = before.search } = request.body
      const { sharedWith = before.shared_with } = request.body
      if (sharedWith !== before.shared_with) refuseForeign(caller, sharedWith)
      const row = await store.savedViews.change(before, { name, search, sharedWith })
      if (row === 'name_taken') throw nameTaken()
      if (row === undefined) throw gone()
      return toSavedView(row, caller, await auth.people())
    },
  )

  app.delete(
    '/api/work-queue/views/:viewId',
    {
      schema: {
        operationId: 'deleteSavedView',
        tags: ['work queue'],
        summary: 'Delete a saved view',
        params: byView,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      await store.savedViews.remove(await changeable(caller, request.params.viewId))
      return reply.code(204).send(undefined)
    },
  )
}

function toSavedView(row: SavedViewRow, caller: Caller, people: readonly Person[]): SavedView {
  const { saved_by: savedBy, shared_with: sharedWith } = row
  const isOwn =
    savedBy === caller.label &&
    row.practice_ids.every((practiceId) => caller.practiceIds.includes(practiceId))
  const isOrphan = !people.some(
    ({ label, practiceIds }) =>
      label === savedBy && row.practice_ids.every((practiceId) => practiceIds.has(practiceId)),
  )
  return {
    viewId: row.view_id,
    name: row.name,
    search: row.search,
    savedBy,
    sharedWith,
    canChange: isOwn || isOrphan,
    isOrphan: isOrphan && !isOwn,
  }
}

function refuseForeign(caller: Caller, practiceId: string | null): void {
  if (practiceId !== null && !caller.practiceIds.includes(practiceId))
    throw new HttpProblem(
      403,
      'practice_foreign',
      `you do not work in practice ${practiceId}, so nothing can be shared with it`,
    )
}

const gone = () =>
  new HttpProblem(404, 'view_gone', 'this view does not exist any more; somebody deleted it')

const nameTaken = () =>
  new HttpProblem(409, 'view_name_taken', 'a view with this name exists already; choose another')

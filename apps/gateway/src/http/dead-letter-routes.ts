import {
  deadLetterView,
  dismissRequest,
  pageOf,
  redriveAllRequest,
  redriveCodeRequest,
  redriveCodeResult,
  redriveView,
} from '@authscript/prior-auth'
import { z } from 'zod'
import type { DeadLetterRow, ListedDeadLetter } from '../store/dead-letters.ts'
import type { Scope } from '../store/scope.ts'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire, toDeadLetterView } from './views.ts'

/** `encounter-12`, `write-back-7`. */
const idPattern = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)-(\d{1,15})$/
const listQuery = keysetQuery(
  z.strictObject({
    failedAt: z.iso.datetime().startsWith('2'),
    kind: z.string().regex(/^[a-z0-9_]{1,40}$/),
    ordinal: z.number().int().min(0).max(999_999_999_999_999),
  }),
).extend({ code: redriveCodeRequest.shape.code.optional() })
const byDeadLetter = z.object({ deadLetterId: z.string().regex(idPattern) })
/** At most this many failures of a dead letter are listed. */
const shownHistory = 20
const redriveRequest = redriveCodeRequest.extend({ cursor: listQuery.shape.cursor })
const positionOf = (row: ListedDeadLetter) =>
  cursorOf({ failedAt: row.failed_at_text, kind: row.kind, ordinal: row.ordinal })

/** Dead letters: operators list, read and redrive them. */
export function addDeadLetterRoutes(
  app: App,
  { auth, audit, store, operations, redrive, clock }: RouteDependencies,
): void {
  const viewOf = async (row: DeadLetterRow) =>
    forWire<z.infer<typeof deadLetterView>>(
      toDeadLetterView(
        row,
        await store.failures.latest(
          {
            practiceId: row.practice_id,
            encounterId: row.encounter_id,
            kind: row.kind,
            ...(row.work_item_id === null ? {} : { workItemId: row.work_item_id }),
          },
          shownHistory,
        ),
      ),
    )

  const redriveViewOf = async (scope: Scope, redriveId: number) => {
    const { redrives } = await operations.read(scope)
    const view = redrives.find((one) => one.redriveId === String(redriveId))
    if (view === undefined) throw notFound(`redrive ${redriveId}`)
    return forWire<z.infer<typeof redriveView>>(view)
  }

  const findOne = async (scope: Scope, deadLetterId: string): Promise<DeadLetterRow> => {
    const [, kind = '', ordinal = ''] = idPattern.exec(deadLetterId) ?? []
    const row = await store.deadLetters.find(scope, kind.replaceAll('-', '_'), Number(ordinal))
    if (row === undefined) throw notFound(`dead letter ${deadLetterId}`)
    return row
  }

  app.get(
    '/api/dead-letters',
    {
      schema: {
        operationId: 'listDeadLetters',
        tags: ['operations'],
        summary: 'What failed after the last retry, newest first, with its history',
        querystring: listQuery,
        response: { 200: pageOf(deadLetterView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const rows = await store.deadLetters.list(
        caller,
        keysetRequestOf(request.query),
        request.query.code,
      )
      const page = toPage(rows, request.query.limit, viewOf, positionOf)
      return { ...page, items: await Promise.all(page.items) }
    },
  )

  app.post(
    '/api/dead-letters/redrive',
    {
      schema: {
        operationId: 'redriveDeadLetters',
        tags: ['operations'],
        summary: 'Send those with one code through again, newest first, up to 200 at once',
        body: redriveRequest,
        response: { 200: redriveCodeResult },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { code, limit, cursor } = request.body
      const rows = await store.deadLetters.list(caller, keysetRequestOf({ cursor, limit }), code)
      const { items, nextCursor } = toPage(rows, limit, (row) => row, positionOf)
      let redrivenCount = 0
      for (const row of items) if (await redrive(row)) redrivenCount += 1
      if (redrivenCount === 0) audit.nothing(request)
      const group = (await store.deadLetters.groups(caller)).find((one) => one.code === code)
      return { redrivenCount, leftCount: group?.count ?? 0, nextCursor }
    },
  )

  app.post(
    '/api/dead-letters/redrives',
    {
      schema: {
        operationId: 'redriveAllOfCode',
        tags: ['operations'],
        summary: 'Send all with one code through again, on the server; asking twice is as once',
        body: redriveAllRequest,
        response: { 202: redriveView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { code } = request.body
      const group = (await store.deadLetters.groups(caller)).find((one) => one.code === code)
      if (group === undefined) throw notFound(`a dead letter with the code ${code}`)
      const { personId = null, label, roles } = caller
      const actor = {
        personId,
        label,
        roles: [...roles],
        address: request.ip,
        requestId: request.id,
      }
      const row = await store.transaction('Operator', async ({ redrives, nodes }) => {
        const begun = await redrives.begin({
          code,
          practiceIds: group.practice_ids,
          actor: store.auditScope.current?.actor ?? actor,
          ofCount: group.count,
        })
        await nodes.notify()
        return begun
      })
      // Its end is audited, with how many there were.
      audit.nothing(request)
      if (row === undefined) throw notFound(`a dead letter with the code ${code}`)
      return reply.code(202).send(await redriveViewOf(caller, row.redrive_id))
    },
  )

  app.post(
    '/api/dead-letters/redrives/:redriveId/stop',
    {
      schema: {
        operationId: 'stopRedrive',
        tags: ['operations'],
        summary: 'End a redrive of all with one code after the one under way',
        params: z.object({ redriveId: z.string().regex(/^\d{1,15}$/) }),
        response: { 202: redriveView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { redriveId } = request.params
      const row = await store.transaction('Operator', async (transaction) => {
        const stopped = await transaction.redrives.askToStop(caller, Number(redriveId))
        if (stopped !== undefined)
          transaction.acted({
            practiceIds: stopped.practice_ids,
            detail: `stop_redrive ${stopped.code}`,
          })
        return stopped
      })
      if (row === undefined) throw notFound(`redrive ${redriveId}`)
      return reply.code(202).send(await redriveViewOf(caller, row.redrive_id))
    },
  )

  app.post(
    '/api/dead-letters/:deadLetterId/dismiss',
    {
      schema: {
        operationId: 'dismissDeadLetter',
        tags: ['operations'],
        summary: 'Take it off the list, with a note; it stays failed, and its history stays',
        params: byDeadLetter,
        body: dismissRequest,
        response: { 200: deadLetterView },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const row = await findOne(caller, request.params.deadLetterId)
      const dismissal = { note: request.body.note, by: caller.label }
      const isDismissed = await store.transaction('Operator', async (transaction) => {
        const isFirst = await transaction.deadLetters.dismiss(row, dismissal, clock.now())
        if (isFirst)
          transaction.acted({
            detail: 'dismiss',
            subjects: [
              {
                practiceId: row.practice_id,
                patientId: row.patient_id,
                encounterId: row.encounter_id,
                workItemId: row.work_item_id ?? undefined,
              },
            ],
          })
        return isFirst
      })
      if (!isDismissed) throw notFound(`dead letter ${request.params.deadLetterId}`)
      return viewOf(row)
    },
  )

  app.post(
    '/api/dead-letters/:deadLetterId/redrive',
    {
      schema: {
        operationId: 'redriveDeadLetter',
        tags: ['operations'],
        summary: 'Send it through again',
        params: byDeadLetter,
        response: { 202: deadLetterView },
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const { deadLetterId } = request.params
      const row = await findOne(caller, deadLetterId)
      if (!(await redrive(row)))
        throw new HttpProblem(
          409,
          'already_under_way',
          `dead letter ${deadLetterId} is queued or running again already`,
        )
      return reply.code(202).send(await viewOf(row))
    },
  )
}

import { deadLetterView, pageOf } from '@authscript/prior-auth'
import { z } from 'zod'
import type { DeadLetterKind, DeadLetterRow } from '../store/dead-letters.ts'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from './paging.ts'
import { HttpProblem, notFound } from './problem.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire, toDeadLetterView } from './views.ts'

/** `encounter-12`, `write-back-7`. */
const idPattern = /^(encounter|write-back)-(\d{1,15})$/
const listQuery = keysetQuery(
  z.strictObject({
    failedAt: z.iso.datetime().startsWith('2'),
    kind: z.enum(['encounter', 'write_back']),
    ordinal: z.number().int().min(0).max(999_999_999_999_999),
  }),
)
const byDeadLetter = z.object({ deadLetterId: z.string().regex(idPattern) })
/** At most this many failures of a dead letter are listed. */
const shownHistory = 20

/** Dead letters: operators list, read and redrive them. */
export function addDeadLetterRoutes(app: App, { auth, store, redrive }: RouteDependencies): void {
  const viewOf = async (row: DeadLetterRow) =>
    forWire<z.infer<typeof deadLetterView>>(
      toDeadLetterView(
        row,
        await store.failures.latest(
          {
            practiceId: row.practice_id,
            encounterId: row.encounter_id,
            ...(row.work_item_id === null ? {} : { workItemId: row.work_item_id }),
          },
          shownHistory,
        ),
      ),
    )

  app.get(
    '/api/dead-letters',
    {
      schema: {
        operationId: 'listDeadLetters',
        tags: ['operations'],
        summary: 'What failed for good, newest first, with its history',
        querystring: listQuery,
        response: { 200: pageOf(deadLetterView) },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const rows = await store.deadLetters.list(caller, keysetRequestOf(request.query))
      const page = toPage(rows, request.query.limit, viewOf, (row) =>
        cursorOf({ failedAt: row.failed_at_text, kind: row.kind, ordinal: row.ordinal }),
      )
      return { ...page, items: await Promise.all(page.items) }
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
      const [, kind = '', ordinal = ''] = idPattern.exec(deadLetterId) ?? []
      const row = await store.deadLetters.find(
        caller,
        kind.replace('-', '_') as DeadLetterKind,
        Number(ordinal),
      )
      if (row === undefined) throw notFound(`dead letter ${deadLetterId}`)
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

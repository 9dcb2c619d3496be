import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  assignRequest,
  assignResult,
  queuePage,
  queueSort,
  queueSummary,
  queueView,
  searchWordsOf,
} from '@authscript/prior-auth'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Scope } from '../store/scope.ts'
import type { QueueFilter, QueueItemRow, QueueOrder, QueuePosition } from '../store/work-queue.ts'
import type { Caller, Person } from './auth.ts'
import { cursorOf, keysetQuery, keysetRequestOf, toPage } from './paging.ts'
import { HttpProblem } from './problem.ts'
import { csvHead, csvOf } from './queue-csv.ts'
import { toQueueRow } from './queue-row.ts'
import type { App, RouteDependencies } from './routes.ts'
import { forWire } from './views.ts'

const maxWords = 10
/** Rows of a CSV file that are in memory at once. */
const csvPageSize = 1000

const name = z.string().max(1000).optional()

const filterQuery = z.object({
  view: queueView.default('open'),
  q: z
    .string()
    .max(200)
    .transform(searchWordsOf)
    .refine((words) => words.length <= maxWords, `must have at most ${maxWords} words`)
    .optional()
    .describe(
      'Words that must all occur in name, birth date, MRN, member ID, payer, provider, order, code or encounter',
    ),
  payer: name.describe('Exactly this payer; empty for orders without one'),
  provider: name.describe('Exactly this provider; empty for orders without one'),
  owner: name.describe('The label of a person; empty for orders of nobody'),
  sort: queueSort.default('due'),
  direction: z.enum(['asc', 'desc']).default('asc'),
})

/**
 * A cursor names the last order of its page and the position in the sort. The position is the value itself if that is a day or a time. A
 * name must not be in a URL, so for a name it is a short hash: the value is read from the order, and the hash shows whether it has
 * changed.
 */
const position = z.strictObject({
  sort: queueSort,
  ordinal: z.number().int().min(0).max(999_999_999_999_999),
  value: z
    .union([z.iso.date(), z.iso.datetime({ precision: 6 }), z.null()])
    // PostgreSQL has no year 0.
    .refine((value) => value?.startsWith('0000') !== true)
    .optional(),
  check: z.string().max(8).optional(),
})

const pageQuery = filterQuery.extend(keysetQuery(position).shape)

type FilterQuery = z.output<typeof filterQuery>
type Cursor = z.output<typeof position>

/** The work queue: every order that the caller may see, filtered, sorted and counted here. */
export function addWorkQueueRoutes(
  app: App,
  { store, auth, audit, assign, clock }: RouteDependencies,
): void {
  async function positionOf(
    scope: Scope,
    { sort }: QueueOrder,
    cursor: Cursor | undefined,
  ): Promise<QueuePosition | undefined> {
    if (cursor === undefined) return undefined
    const { ordinal } = cursor
    if (cursor.sort !== sort) throw outdated()
    if (cursor.value !== undefined) {
      if (cursor.value !== null && isDay(cursor.value) !== (sort === 'due')) throw outdated()
      return { ordinal, value: cursor.value }
    }
    const value = await store.workQueue.sortValue(scope, ordinal, sort)
    if (value === undefined || checkOf(ordinal, value) !== cursor.check) throw outdated()
    return { ordinal, value }
  }

  app.get(
    '/api/work-queue',
    {
      schema: {
        operationId: 'listWorkQueue',
        tags: ['work queue'],
        summary: 'Orders, by view, search and filter; those without a value to sort by come last',
        querystring: pageQuery,
        response: { 200: queuePage },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { query } = request
      const filter = filterOf(query, caller)
      const after = await positionOf(caller, query, query.cursor)
      const rows = await store.workQueue.page(
        caller,
        filter,
        query,
        keysetRequestOf({ cursor: after, limit: query.limit }),
      )
      await audit.listed(request, rows.slice(0, query.limit))
      const page = toPage(rows, query.limit, toQueueRow, (row) => cursorOf(toCursor(query, row)))
      return forWire<z.infer<typeof queuePage>>({
        ...page,
        total: await store.workQueue.count(caller, filter),
      })
    },
  )

  app.get(
    '/api/work-queue/summary',
    {
      schema: {
        operationId: 'summarizeWorkQueue',
        tags: ['work queue'],
        summary: 'How many orders each view has, and what the filters offer',
        response: { 200: queueSummary },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { owners, ...counts } = await store.workQueue.summary(caller, caller.label)
      const ofPractices = (people: readonly Person[]) =>
        people
          .filter((person) => caller.practiceIds.some((id) => person.practiceIds.has(id)))
          .map(({ label }) => label)
      const [people, clinicians] = await Promise.all([auth.people(), auth.people(['clinician'])])
      const inOrder = (labels: Iterable<string>) =>
        [...labels].toSorted((one, other) => one.localeCompare(other, 'en'))
      return forWire<z.infer<typeof queueSummary>>({
        ...counts,
        owners: inOrder(new Set([...ofPractices(people), ...owners])),
        clinicians: inOrder(ofPractices(clinicians)),
      })
    },
  )

  app.get(
    '/api/work-queue.csv',
    {
      schema: {
        operationId: 'exportWorkQueue',
        tags: ['work queue'],
        summary: 'The orders of a view, search and filter as a file for a spreadsheet',
        querystring: filterQuery,
      },
    },
    async (request, reply) => {
      const caller = auth.caller(request)
      const day = clock.now().toISOString().slice(0, 10)
      const rows = rowsOf(request, caller, request.query)
      // Before the answer begins: a file that cannot be audited is not sent.
      const first = await rows.next()
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="work-queue-${day}.csv"`)
        .send(Readable.from(linesOf(first.value ?? [], rows)))
    },
  )

  async function* linesOf(
    first: readonly QueueItemRow[],
    rest: AsyncIterable<readonly QueueItemRow[]>,
  ) {
    yield csvHead()
    yield csvOf(first.map(toQueueRow))
    for await (const rows of rest) yield csvOf(rows.map(toQueueRow))
  }

  /** Each page is in the audit trail before it is sent. */
  async function* rowsOf(
    request: FastifyRequest,
    caller: Caller,
    query: FilterQuery,
  ): AsyncGenerator<readonly QueueItemRow[]> {
    const filter = filterOf(query, caller)
    let after: QueuePosition | undefined
    for (;;) {
      const rows = await store.workQueue.page(caller, filter, query, { after, limit: csvPageSize })
      if (after === undefined || rows.length > 0) await audit.exported(request, rows)
      yield rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < csvPageSize) return
      after = { ordinal: last.ordinal, value: last.sort_value }
    }
  }

  app.post(
    '/api/work-queue/assign',
    {
      schema: {
        operationId: 'assignWorkItems',
        tags: ['work queue'],
        summary: 'Assign orders to a person or to nobody; the answer has the earlier owner of each',
        body: assignRequest,
        response: { 200: assignResult },
      },
    },
    async (request) => {
      const caller = auth.caller(request)
      const { workItemIds, owner } = request.body
      const ownerPracticeIds =
        owner === null ? new Set<string>() : (await auth.person(owner)).practiceIds
      const assignment = { workItemIds, owner, assignedBy: caller.label, ownerPracticeIds }
      const result = await assign(caller, assignment)
      if (result.outcome === 'owner_unknown')
        throw new HttpProblem(
          409,
          'owner_unknown',
          `nobody with this label works on orders of practice ${result.practiceId}`,
        )
      if (result.changed.length === 0) audit.nothing(request)
      return forWire<z.infer<typeof assignResult>>({ changed: result.changed })
    },
  )
}

function filterOf(
  { view, q, payer, provider, owner }: FilterQuery,
  { label }: Caller,
): QueueFilter {
  return { view, person: label, words: q ?? [], payer, provider, owner }
}

function toCursor({ sort }: QueueOrder, { ordinal, sort_value: value }: QueueItemRow): Cursor {
  return sort === 'due' || sort === 'updated' || value === null
    ? { sort, ordinal, value }
    : { sort, ordinal, check: checkOf(ordinal, value) }
}

/** So short that it reveals nothing about the value; a change is missed once in 256 times. */
function checkOf(ordinal: number, value: string | null): string {
  return createHash('sha256').update(`${ordinal} ${value}`).digest('hex').slice(0, 2)
}

const isDay = (value: string) => value.length === 'YYYY-MM-DD'.length

const outdated = () =>
  new HttpProblem(
    409,
    'page_outdated',
    'the order that the last page ended with has changed, or the sort; read from the first page',
  )

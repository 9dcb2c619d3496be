import type { QueuePage, QueueSort, QueueSummary, QueueView } from '@authscript/prior-auth'
import { type Kysely, type KyselyPlugin, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Schema } from '../../src/store/schema.ts'
import { type QueueFilter, workQueueRows } from '../../src/store/work-queue.ts'
import { addManyOrders, orderCount } from './many-orders.ts'
import { openQueueServer, type QueueServer } from './queue-server.ts'

let server: QueueServer
let db: Kysely<Schema>

beforeAll(async () => {
  server = await openQueueServer()
  db = server.node.database.db
  await addManyOrders(db)
}, 180_000)
afterAll(() => server[Symbol.asyncDispose]())

const read = async (query: string) =>
  (await (await server.ask('J. Ruiz', `/api/work-queue?${query}`)).json()) as QueuePage

const eachStage = orderCount / 10

it('counts every order of each view, with search and filter', async () => {
  const summary = (await (
    await server.ask('J. Ruiz', '/api/work-queue/summary')
  ).json()) as QueueSummary

  expect(summary.views).toEqual({
    mine: orderCount / 50,
    open: eachStage * 5,
    needs_information: eachStage * 2,
    information_asked: 0,
    no_criteria: 0,
    ready_to_sign: eachStage,
    to_send: eachStage,
    waiting_for_payer: eachStage,
    failed: 0,
    all: orderCount,
  })
  expect(summary.payers).toHaveLength(25)
  expect(summary.providers).toHaveLength(60)
  expect((await read('view=open')).total).toBe(summary.views.open)
  expect((await read('view=all&payer=Payer+3')).total).toBe(orderCount / 25)
  // Families 77 and 770 to 779.
  expect((await read('view=all&q=family77')).total).toBe(11 * 17)
  expect((await read('view=all&q=mrn31415')).items).toMatchObject([{ workItemId: 'p1-31415' }])
})

it('gives each order of a view once while others come, go and change', async () => {
  const before = await idsInView('open')
  const found: string[] = []
  let cursor: string | null = ''
  for (let page = 0; cursor !== null; page += 1) {
    const { items, nextCursor } = await read(`view=open&limit=200${cursor && `&cursor=${cursor}`}`)
    found.push(...items.map(({ workItemId }) => workItemId))
    cursor = nextCursor
    if (page % 10 === 0) await changeSome(page)
  }
  const after = new Set(await idsInView('open'))

  const seen = new Set(found)
  expect(found).toHaveLength(seen.size)
  const missed = before.filter((id) => after.has(id) && !seen.has(id))
  expect(missed).toEqual([])
}, 120_000)

/** Closes some orders, reassigns others, and adds one that is due before all others. */
async function changeSome(round: number): Promise<void> {
  await sql`
    update work_items set review = 'closed', updated_at = now() where practice_id = 'p1' and ordinal % 97 = ${round % 97}`.execute(
    db,
  )
  await sql`
    update work_items set owner = 'Dr. Okafor', updated_at = now(), version = version + 1
     where practice_id = 'p1' and ordinal % 89 = ${round % 89}`.execute(db)
  await sql`
    insert into work_items (practice_id, encounter_id, patient_id, service_request_id, transaction_id, review, recommendation,
                            analysis, completeness, created_at, updated_at, planned_on)
    values ('p1', 'e1', 'patient-1', ${`early ${round}`}, 't', 'missing_data', 'needs_info', '{}', '[]', now(), now(), '2020-01-01')`.execute(
    db,
  )
}

async function idsInView(view: QueueView): Promise<readonly string[]> {
  const filter = { view, person: '', words: [] }
  const rows = await server.node.store.workQueue.page(
    { practiceIds: ['p1'] },
    filter,
    { sort: 'due', direction: 'asc' },
    { after: undefined, limit: 100_000 },
  )
  return rows.map((row) => row.work_item_id)
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly PlanNode[]
}

/** Has each statement explained instead of answered. */
const explaining: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind !== 'RawNode') throw new Error('only raw statements can be explained')
    const [first, ...rest] = node.sqlFragments
    return { ...node, sqlFragments: [`explain (analyze, format json) ${first}`, ...rest] }
  },
  transformResult: ({ result }) => Promise.resolve(result),
}

/** How many rows of work items a page reads, and by which indexes. */
async function readingsOf(
  filter: Partial<QueueFilter>,
  order: { readonly sort: QueueSort; readonly direction: 'asc' | 'desc' },
) {
  const answers = await workQueueRows(db.withPlugin(explaining)).page(
    { practiceIds: ['p1', 'p2'] },
    { view: 'open', person: 'J. Ruiz', words: [], ...filter },
    order,
    { after: undefined, limit: 51 },
  )
  const plans = answers as unknown as readonly {
    readonly 'QUERY PLAN': readonly { Plan: PlanNode }[]
  }[]
  const nodes = plans.flatMap((plan) => plan['QUERY PLAN']).flatMap(({ Plan }) => withInner(Plan))
  const readings = nodes.filter((node) => node['Relation Name'] === 'work_items')
  // The scan of an index that makes a bitmap does not name the table.
  const indexes = nodes.flatMap((node) => node['Index Name'] ?? [])
  return {
    rowCount: readings.reduce(
      (sum, node) =>
        sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    ),
    indexes: [...new Set(indexes)].toSorted(),
  }
}

const withInner = (node: PlanNode): readonly PlanNode[] => [
  node,
  ...(node.Plans ?? []).flatMap(withInner),
]

describe('a page', () => {
  // For each of two practices and at most 12 stages, one page with and one without a value; and the rows of both pages.
  const maxRows = 2 * 12 * 51 * 2 + 2 * 51

  it.each([
    { view: 'open', sort: 'due', direction: 'asc', index: 'work_items_due' },
    { view: 'all', sort: 'due', direction: 'desc', index: 'work_items_due' },
    { view: 'to_send', sort: 'due', direction: 'asc', index: 'work_items_due' },
    { view: 'open', sort: 'updated', direction: 'desc', index: 'work_items_updated' },
    { view: 'all', sort: 'updated', direction: 'asc', index: 'work_items_updated' },
  ] as const)(
    'of $view by $sort $direction reads little more than it shows',
    async ({ index, view, ...order }) => {
      const { rowCount, indexes } = await readingsOf({ view }, order)

      expect(indexes).toContain(index)
      expect(rowCount).toBeGreaterThan(51)
      expect(rowCount).toBeLessThanOrEqual(maxRows)
    },
  )

  it("of a person's own orders reads only theirs", async () => {
    const { rowCount, indexes } = await readingsOf(
      { view: 'mine' },
      { sort: 'due', direction: 'asc' },
    )

    expect(indexes).toContain('work_items_owner')
    // One of them is in the other practice.
    expect(rowCount).toBeLessThanOrEqual(orderCount / 50 + 1 + 51)
  })

  it('of what failed reads only what has a failed write-back', async () => {
    const { rowCount } = await readingsOf({ view: 'failed' }, { sort: 'due', direction: 'asc' })

    expect(rowCount).toBe(0)
  })

  it.each([
    { what: 'a search', filter: { words: ['family77'] }, sort: 'due' },
    { what: 'a filter', filter: { payer: 'Payer 3' }, sort: 'due' },
    { what: 'a sort by name', filter: {}, sort: 'patient' },
  ] as const)(
    'of $what reads each order of the view once, and no more',
    async ({ filter, sort }) => {
      const { rowCount } = await readingsOf({ view: 'open', ...filter }, { sort, direction: 'asc' })

      expect(rowCount).toBeLessThanOrEqual(orderCount + 1000)
    },
  )
})

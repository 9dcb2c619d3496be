import {
  type AssignResult,
  type QueuePage,
  type QueueSummary,
  type QueueView,
  payerState,
  queueView,
  reviewState,
  stageOf,
} from '@authscript/prior-auth'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addOrders } from './orders.ts'
import { openQueueServer, type QueueServer } from './queue-server.ts'

let server: QueueServer

beforeAll(async () => {
  server = await openQueueServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate work_items, encounters, write_backs, events, sessions cascade`.execute(
    server.node.database.db,
  )
})

const add = (...orders: Parameters<typeof addOrders>[1]) =>
  addOrders(server.node.database.db, orders)

async function page(query: string, label = 'J. Ruiz'): Promise<QueuePage> {
  const response = await server.ask(label, `/api/work-queue?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as QueuePage
}

const ids = ({ items }: QueuePage) => items.map(({ workItemId }) => workItemId)

/** Every page of a list, by cursors. */
async function allPages(query: string, limit: number): Promise<readonly string[]> {
  const found: string[] = []
  let cursor = ''
  for (;;) {
    const one = await page(`${query}&limit=${limit}${cursor}`)
    found.push(...ids(one))
    if (one.nextCursor === null) return found
    cursor = `&cursor=${one.nextCursor}`
  }
}

describe('views', () => {
  it('agree with the stage of each order, in every combination of what it follows from', async () => {
    const orders = reviewState.options.flatMap((review) =>
      [undefined, ...payerState.options].flatMap((state) =>
        (['', 'handed over', 'asked', 'handed over, asked'] as const).flatMap((done) =>
          ([undefined, 'queued', 'failed', 'ambiguous', 'written'] as const).map((writeBack) => ({
            id: `${review} ${state} ${done} ${writeBack}`,
            review,
            handedOver: done.startsWith('handed over'),
            ...(done.endsWith('asked') ? { askedOf: 'Dr. Okafor' } : {}),
            ...(state === undefined ? {} : { payerState: state }),
            ...(writeBack === undefined ? {} : { writeBack }),
          })),
        ),
      ),
    )
    await add(...orders)
    const stages = new Map(
      orders.map(({ id, review, payerState: state, handedOver, askedOf, writeBack }) => [
        id,
        stageOf({
          review,
          payerState: state ?? null,
          filingNeedsPerson: writeBack === 'failed' || writeBack === 'ambiguous',
          isHandedOver: handedOver,
          isInformationAsked: askedOf !== undefined,
        }),
      ]),
    )
    const expected = (...wanted: readonly string[]) =>
      [...stages].filter(([, stage]) => wanted.includes(stage)).map(([id]) => id)

    const found = async (view: QueueView) =>
      (await allPages(`view=${view}&sort=updated`, 200)).toSorted()

    expect(await found('all')).toEqual(
      [...stages]
        .filter(([, stage]) => stage !== 'superseded')
        .map(([id]) => id)
        .toSorted(),
    )
    expect(await found('open')).toEqual(
      expected(
        'needs_information',
        'information_asked',
        'not_met',
        'no_criteria',
        'ready_to_sign',
        'filing',
        'filing_failed',
        'to_send',
        'waiting_for_payer',
        'more_information_asked',
      ).toSorted(),
    )
    expect(await found('needs_information')).toEqual(
      expected('needs_information', 'not_met').toSorted(),
    )
    expect(await found('information_asked')).toEqual(expected('information_asked').toSorted())
    expect(await found('no_criteria')).toEqual(expected('no_criteria').toSorted())
    expect(await found('ready_to_sign')).toEqual(expected('ready_to_sign').toSorted())
    expect(await found('to_send')).toEqual(expected('to_send').toSorted())
    expect(await found('waiting_for_payer')).toEqual(
      expected('waiting_for_payer', 'more_information_asked').toSorted(),
    )
    // A form that may be in the chart is decided about, whatever became of its order.
    const undecided = orders
      .filter(({ writeBack }) => writeBack === 'ambiguous')
      .map(({ id }) => id)
    expect(await found('failed')).toEqual(
      [...new Set([...expected('filing_failed'), ...undecided])].toSorted(),
    )
    const { items } = await page('view=all&limit=200')
    for (const { workItemId, stage } of items) expect(stage).toBe(stages.get(workItemId))
  })

  it('count in the summary what they list', async () => {
    await add(
      { id: 'a', owner: 'J. Ruiz' },
      { id: 'b', review: 'missing_data', owner: 'J. Ruiz' },
      { id: 'c', review: 'approved', writeBack: 'failed' },
      { id: 'd', review: 'submitted', payerState: 'denied', owner: 'J. Ruiz' },
      { id: 'e', review: 'superseded', owner: 'J. Ruiz' },
      { id: 'f', practiceId: 'p2', owner: 'J. Ruiz' },
    )

    const summary = (await (
      await server.ask('J. Ruiz', '/api/work-queue/summary')
    ).json()) as QueueSummary

    expect(summary.views).toEqual({
      mine: 2,
      open: 3,
      needs_information: 1,
      information_asked: 0,
      no_criteria: 0,
      ready_to_sign: 1,
      to_send: 0,
      waiting_for_payer: 0,
      failed: 1,
      all: 4,
    })
    for (const view of queueView.options)
      expect((await page(`view=${view}`)).total, view).toBe(summary.views[view])
  })

  it('say why each failed order failed, and who can do what', async () => {
    await add(
      { id: 'refused', review: 'approved', writeBack: 'failed' },
      { id: 'undecided', review: 'approved', writeBack: 'ambiguous' },
      // A person closed the order while the EHR kept silent.
      { id: 'closed', review: 'closed', writeBack: 'ambiguous' },
      { id: 'on its way', review: 'approved', writeBack: 'queued' },
      { id: 'withdrawn', review: 'closed', writeBack: 'failed' },
    )
    await sql`update write_backs set error_code = 'ehr_forbidden' where work_item_id = 'refused'`.execute(
      server.node.database.db,
    )

    const failures = new Map(
      (await page('view=all')).items.map(({ workItemId, failure }) => [workItemId, failure]),
    )

    expect(failures.get('refused')).toEqual({
      code: 'ehr_forbidden',
      what: 'The EHR does not allow us to file documents for this patient.',
      remedy: 'Ask the operator to check the permissions in the EHR and to redrive it.',
      needsDecision: false,
    })
    for (const id of ['undecided', 'closed'])
      expect(failures.get(id)).toMatchObject({
        needsDecision: true,
        remedy: 'Open the order, look into the chart, and say whether it is there.',
      })
    expect(failures.get('on its way')).toBeNull()
    expect(failures.get('withdrawn')).toBeNull()
  })

  it('show the newest write-back only: one that failed and was approved again is on its way', async () => {
    await add({ id: 'a', review: 'approved', writeBack: 'failed' })
    await sql`
      insert into write_backs (work_item_id, version, practice_id, encounter_id, patient_id, identifier, form_sha256, state,
                               approved_by, approved_at)
      values ('a', 3, 'p1', 'e-a', 'patient', 'a.v3', 'sha', 'queued', 'someone', now())`.execute(
      server.node.database.db,
    )

    expect((await page('view=failed')).total).toBe(0)
    expect((await page('view=open')).items).toMatchObject([{ stage: 'filing' }])
  })
})

describe('sorting', () => {
  it('puts orders without a value last in either direction, with equal values in one order', async () => {
    await add(
      { id: 'none 1' },
      { id: 'late', plannedOn: '2026-12-08' },
      { id: 'same 1', plannedOn: '2026-12-01' },
      { id: 'none 2' },
      { id: 'same 2', plannedOn: '2026-12-01' },
    )

    for (const limit of [1, 2, 3, 5]) {
      expect(await allPages('sort=due', limit)).toEqual([
        'same 1',
        'same 2',
        'late',
        'none 1',
        'none 2',
      ])
      expect(await allPages('sort=due&direction=desc', limit)).toEqual([
        'late',
        'same 2',
        'same 1',
        'none 2',
        'none 1',
      ])
    }
  })

  it.each([
    { sort: 'patient', first: { sortName: 'abel zoe' }, last: { sortName: 'zorn ada' } },
    { sort: 'order', first: { description: 'mri' }, last: { description: 'Total knee' } },
    { sort: 'payer', first: { payerName: 'aetna' }, last: { payerName: 'Prairie' } },
    { sort: 'provider', first: { providerName: 'Abara' }, last: { providerName: 'okafor' } },
  ])('by $sort ignores case and pages over equal names', async ({ sort, first, last }) => {
    await add({ id: '4' }, { id: '3', ...last }, { id: '1', ...first }, { id: '2', ...first })

    expect(await allPages(`sort=${sort}`, 1)).toEqual(['1', '2', '3', '4'])
    expect(await allPages(`sort=${sort}&direction=desc`, 1)).toEqual(['3', '2', '1', '4'])
  })

  it('of providers is by their family names, and by what is displayed where the chart does not say', async () => {
    await add(
      { id: 'ben', providerName: 'Dr. Ben Zorn', providerSortName: 'zorn ben' },
      { id: 'zoe', providerName: 'Dr. Zoe Abara', providerSortName: 'abara zoe' },
      // As an earlier release wrote it, and of a chart with a mere text.
      { id: 'text', providerName: 'Moreno Clinic' },
      { id: 'none' },
    )

    expect(await allPages('sort=provider', 1)).toEqual(['zoe', 'text', 'ben', 'none'])
    expect(await allPages('sort=provider&direction=desc', 2)).toEqual([
      'ben',
      'text',
      'zoe',
      'none',
    ])
  })

  it('by due day puts an urgent order where its 72 hours end', async () => {
    await add(
      { id: 'planned', plannedOn: '2026-12-03' },
      { id: 'urgent', plannedOn: '2026-12-20', expeditedDueOn: '2026-12-02' },
      { id: 'urgent, sooner', plannedOn: '2026-12-01', expeditedDueOn: '2026-12-02' },
      { id: 'urgent, no day', expeditedDueOn: '2026-12-04' },
    )

    expect(await allPages('sort=due', 1)).toEqual([
      'urgent, sooner',
      'urgent',
      'planned',
      'urgent, no day',
    ])
    expect((await page('sort=due')).items[1]).toMatchObject({
      plannedOn: '2026-12-20',
      dueOn: '2026-12-02',
      urgency: 'urgent',
    })
  })

  it('by name leaves the name out of the cursor, which is part of a URL', async () => {
    await add({ id: 'a', sortName: 'lindqvist karin' }, { id: 'b', sortName: 'moreno ana' })

    const { nextCursor } = await page('sort=patient&limit=1')

    expect(Buffer.from(nextCursor ?? '', 'base64url').toString()).not.toContain('lindqvist')
    expect(ids(await page(`sort=patient&cursor=${nextCursor}`))).toEqual(['b'])
  })

  it('by name asks for the first page again when the name where a page ended has changed', async () => {
    await add({ id: 'a', sortName: 'lindqvist karin' }, { id: 'b', sortName: 'moreno ana' })
    const { nextCursor } = await page('sort=patient&limit=1')
    await sql`update work_items set patient_sort_name = 'zorn karin' where work_item_id = 'a'`.execute(
      server.node.database.db,
    )

    const response = await server.ask(
      'J. Ruiz',
      `/api/work-queue?sort=patient&cursor=${nextCursor}`,
    )

    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'page_outdated' })
  })

  it.each([
    { what: 'another sort', query: 'sort=payer', status: 409 },
    { what: 'no cursor of ours', query: 'sort=due&cursor=abc', status: 400 },
  ])('refuses a cursor of $what', async ({ query, status }) => {
    await add({ id: 'a', plannedOn: '2026-12-01' }, { id: 'b' })
    const { nextCursor } = await page('sort=due&limit=1')
    const cursor = query.includes('cursor') ? '' : `&cursor=${nextCursor}`

    expect((await server.ask('J. Ruiz', `/api/work-queue?${query}${cursor}`)).status).toBe(status)
  })

  it.each([
    { sort: 'due', ordinal: 1, value: '0000-01-01' },
    { sort: 'due', ordinal: 1, value: '2026-02-30' },
    { sort: 'updated', ordinal: 1, value: '0000-01-01T00:00:00.000000Z' },
    { sort: 'due', ordinal: -1, value: null },
    { sort: 'due', ordinal: 1, value: '2026-12-01', more: 1 },
  ])('refuses a cursor made up as %j', async (position) => {
    const cursor = Buffer.from(JSON.stringify(position)).toString('base64url')

    const response = await server.ask(
      'J. Ruiz',
      `/api/work-queue?sort=${position.sort}&cursor=${cursor}`,
    )

    expect(response.status).toBe(400)
  })
})

describe('searching', () => {
  beforeEach(() =>
    add(
      {
        id: 'karin',
        searchText: 'karin lindqvist\n08/30/1957\nphp60191442\n27447',
        payerName: 'Prairie',
      },
      { id: 'nunez', searchText: 'ana nunez\n100% natural_remedy c:\\path', owner: 'J. Ruiz' },
      { id: 'other', practiceId: 'p2', searchText: 'karin of another practice' },
    ),
  )

  it.each([
    { q: 'lindqvist', found: ['karin'] },
    { q: 'Lindqvist, KARIN 27447', found: ['karin'] },
    { q: '08/30/1957', found: ['karin'] },
    { q: 'karin nunez', found: [] },
    { q: 'Núñez', found: ['nunez'] },
    { q: '%', found: ['nunez'] },
    { q: 'natural_', found: ['nunez'] },
    { q: 'l_ndqvist', found: [] },
    { q: 'c:\\path', found: ['nunez'] },
    { q: '   ', found: ['karin', 'nunez'] },
  ])('for $q finds $found', async ({ q, found }) => {
    const result = await page(`q=${encodeURIComponent(q)}`)

    expect(ids(result)).toEqual(found)
    expect(result.total).toBe(found.length)
  })

  it('keeps to payer, provider and owner, and finds orders that have none', async () => {
    expect(ids(await page('payer=Prairie'))).toEqual(['karin'])
    expect(ids(await page('payer='))).toEqual(['nunez'])
    expect(ids(await page('owner=J.%20Ruiz'))).toEqual(['nunez'])
    expect(ids(await page('owner='))).toEqual(['karin'])
    expect(ids(await page('provider=nobody'))).toEqual([])
  })

  it('refuses more words than it looks for', async () => {
    const response = await server.ask('J. Ruiz', '/api/work-queue?q=1+2+3+4+5+6+7+8+9+10+11')

    expect(response.status).toBe(400)
  })

  it('leaves nothing of the search in the log', async () => {
    await server.ask('J. Ruiz', '/api/work-queue?q=lindqvist&sort=nothing')
    await sql`alter table work_items rename to gone`.execute(server.node.database.db)

    const response = await server.ask('J. Ruiz', '/api/work-queue?q=lindqvist')
    await sql`alter table gone rename to work_items`.execute(server.node.database.db)

    expect(response.status).toBe(500)
    expect(server.log.join('')).toContain('a request failed')
    expect(server.log.join('')).not.toContain('lindqvist')
  })
})

it('gives programs the queue, and neither the file nor the right to assign', async () => {
  await add({ id: 'a' })

  expect((await server.ask('scheduler', '/api/work-queue')).status).toBe(200)
  expect((await server.ask('scheduler', '/api/work-queue.csv')).status).toBe(403)
  expect((await server.ask('operator', '/api/work-queue')).status).toBe(403)
  expect((await server.ask('operator', '/api/work-queue/summary')).status).toBe(403)
  const assigning = await server.ask('scheduler', '/api/work-queue/assign', {
    workItemIds: ['a'],
    owner: null,
  })
  expect(assigning.status).toBe(403)
})

it('is described in the OpenAPI document', async () => {
  const document = (await (await server.ask('J. Ruiz', '/openapi.json')).json()) as {
    paths: Record<string, { get?: { parameters?: { name: string }[] } }>
  }

  expect(document.paths['/api/work-queue']?.get?.parameters?.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['view', 'q', 'sort', 'direction', 'cursor', 'limit']),
  )
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/api/work-queue.csv',
      '/api/work-queue/summary',
      '/api/work-queue/assign',
      '/api/work-queue/views',
      '/api/work-queue/views/{viewId}',
    ]),
  )
})

describe('assigning', () => {
  const assign = (workItemIds: readonly string[], owner: string | null, label = 'J. Ruiz') =>
    server.ask(label, '/api/work-queue/assign', { workItemIds, owner })
  const changedBy = async (response: Response) => ((await response.json()) as AssignResult).changed

  it('changes the orders that the caller may see, says whose they were, and leaves their version', async () => {
    await add(
      { id: 'a' },
      { id: 'b', owner: 'Dr. Okafor' },
      { id: 'mine', owner: 'J. Ruiz' },
      { id: 'gone', review: 'superseded' },
      { id: 'foreign', practiceId: 'p2' },
    )

    const response = await assign(['a', 'b', 'mine', 'gone', 'foreign', 'unknown'], 'J. Ruiz')

    expect(await changedBy(response)).toEqual([
      { workItemId: 'a', previousOwner: null },
      { workItemId: 'b', previousOwner: 'Dr. Okafor' },
    ])
    expect((await page('view=mine')).items).toMatchObject([
      { workItemId: 'a', version: 2 },
      { workItemId: 'b', version: 2 },
      { workItemId: 'mine', version: 2 },
    ])
    expect(await server.node.store.history.list('b')).toMatchObject([
      {
        kind: 'assigned',
        actor: 'J. Ruiz',
        version: 2,
        data: { owner: 'J. Ruiz', previous: 'Dr. Okafor' },
      },
    ])
    expect(await server.node.store.history.list('mine')).toEqual([])
  })

  it('notifies other browsers of each order, without a name', async () => {
    await add({ id: 'a' }, { id: 'b' })

    await assign(['a', 'b'], 'Dr. Okafor')

    const events = await server.node.store.events.after(0, 10)
    expect(events).toMatchObject([
      {
        eventType: 'WorkItemAssigned',
        practiceId: 'p1',
        data: { encounterId: 'e-a', workItemId: 'a' },
      },
      {
        eventType: 'WorkItemAssigned',
        practiceId: 'p1',
        data: { encounterId: 'e-b', workItemId: 'b' },
      },
    ])
    expect(JSON.stringify(events)).not.toContain('Okafor')
  })

  it.each([
    { who: 'nobody with that label', owner: 'J. Riuz' },
    { who: 'somebody of another practice', owner: 'elsewhere' },
    { who: 'a program', owner: 'scheduler' },
  ])('to $who is refused, and nothing is changed', async ({ owner }) => {
    await add({ id: 'a' })

    const response = await assign(['a'], owner)

    expect(response.status).toBe(409)
    expect(await response.json()).toMatchObject({ code: 'owner_unknown' })
    expect((await page('owner=')).total).toBe(1)
  })

  it('to somebody who signed in by a link works, and the summary offers them', async () => {
    await add({ id: 'a' })
    await server.node.store.sessions.create('token', {
      label: 'M. Chen',
      roles: ['staff'],
      practiceIds: ['p1'],
      expiresAt: new Date(Date.now() + 60_000),
    })

    expect(await changedBy(await assign(['a'], 'M. Chen'))).toHaveLength(1)
    const summary = await server.ask('J. Ruiz', '/api/work-queue/summary')
    expect(await summary.json()).toMatchObject({ owners: ['Dr. Okafor', 'J. Ruiz', 'M. Chen'] })
  })

  it('can be undone when the one who had it has no credential any more', async () => {
    await add({ id: 'a', owner: 'formerly here' })
    await assign(['a'], null)

    expect(await changedBy(await assign(['a'], 'formerly here'))).toEqual([
      { workItemId: 'a', previousOwner: null },
    ])
  })

  it('of the same orders by two people at once ends with one of them', async () => {
    const workItemIds = Array.from({ length: 20 }, (_, index) => `wi ${index}`)
    await add(...workItemIds.map((id) => ({ id })))

    await Promise.all([
      assign(workItemIds, 'J. Ruiz'),
      assign(workItemIds.toReversed(), 'Dr. Okafor'),
    ])

    const owners = (await page('view=open')).items.map(({ owner }) => owner)
    expect(new Set(owners).size).toBe(1)
  })
})

describe('the file for a spreadsheet', () => {
  it('is what the view lists, quoted, dated and not stored', async () => {
    await add(
      { id: 'a', patientName: 'O"Neil, Ann', plannedOn: '2026-12-08', description: 'knee,\nright' },
      { id: 'b', patientName: 'Núñez', review: 'closed' },
    )

    const response = await server.ask('J. Ruiz', '/api/work-queue.csv?view=open')

    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="work-queue-\d{4}-\d{2}-\d{2}\.csv"$/,
    )
    const [head, ...lines] = Buffer.from(await response.arrayBuffer())
      .toString()
      .split('\r\n')
    expect(head?.startsWith('\ufeffPatient,Date of birth,MRN,')).toBe(true)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toContain('"O""Neil, Ann"')
    expect(lines[0]).toContain('"knee,\nright"')
    expect(lines[0]).toContain('12/08/2026')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'does not run %j',
    async (patientName) => {
      await add({ id: 'a', patientName })

      const text = await (await server.ask('J. Ruiz', '/api/work-queue.csv')).text()

      const [, line] = text.split(/\r\n/)
      expect(line?.replace(/^"/, '').startsWith(`'${patientName[0]}`)).toBe(true)
    },
  )

  it('has every order once, over many pages', async () => {
    await sql`
      insert into encounters (practice_id, patient_id, encounter_id, processing, detected_at)
      values ('p1', 'patient', 'many', 'processed', now())`.execute(server.node.database.db)
    await sql`
      insert into work_items (practice_id, encounter_id, patient_id, service_request_id, transaction_id, review, recommendation,
                              analysis, completeness, created_at, updated_at, patient_name)
      select 'p1', 'many', 'patient', n, 't', 'ready_for_review', 'approve', '{}', '[]', now(), now(), 'patient ' || n
        from generate_series(1, 1250) n`.execute(server.node.database.db)

    const text = await (await server.ask('J. Ruiz', '/api/work-queue.csv?sort=patient')).text()

    expect(new Set(text.match(/patient \d+/g)).size).toBe(1250)
    expect(text.trimEnd().split('\r\n')).toHaveLength(1251)
  })
})

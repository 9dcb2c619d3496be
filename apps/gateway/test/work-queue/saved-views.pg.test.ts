import type { Problem, SavedView } from '@authscript/prior-auth'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openQueueServer, type QueueServer } from './queue-server.ts'

let server: QueueServer

beforeAll(async () => {
  server = await openQueueServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate saved_views, sessions`.execute(server.node.database.db)
})

const path = '/api/work-queue/views'
const search = { view: 'open', payer: 'Prairie Health Plan' } as const

const list = async (label: string) =>
  ((await (await server.ask(label, path)).json()) as { items: readonly SavedView[] }).items
const namesFor = async (label: string) => (await list(label)).map(({ name }) => name)
const save = (label: string, name: string, more: object = {}) =>
  server.ask(label, path, { name, search, sharedWith: null, ...more })
async function saved(label: string, name: string, more: object = {}): Promise<SavedView> {
  const response = await save(label, name, more)
  expect(response.status).toBe(200)
  return (await response.json()) as SavedView
}
const change = (label: string, viewId: string, body: object) =>
  server.ask(label, `${path}/${viewId}`, body, 'PUT')
const remove = (label: string, viewId: string) =>
  server.ask(label, `${path}/${viewId}`, undefined, 'DELETE')
const problemOf = async (response: Response) => (await response.json()) as Problem

describe('a saved view', () => {
  it("is its person's, with everything that the address says", async () => {
    const view = await saved('J. Ruiz', '  Knees of Prairie ')

    expect(view).toEqual({
      viewId: expect.any(String),
      name: 'Knees of Prairie',
      search,
      savedBy: 'J. Ruiz',
      sharedWith: null,
      canChange: true,
      isOrphan: false,
    })
    expect(await list('J. Ruiz')).toEqual([view])
    expect(await list('Dr. Okafor')).toEqual([])
    expect(await list('elsewhere')).toEqual([])
  })

  it('keeps no search text, which mostly names a patient', async () => {
    await saved('J. Ruiz', 'Knees', { search: { ...search, q: 'lindqvist' } })

    expect(await list('J. Ruiz')).toMatchObject([{ name: 'Knees', search }])
    const { rows } = await sql<{ view: string }>`
      select saved_views::text as view from saved_views`.execute(server.node.database.db)
    expect(rows.map(({ view }) => view).join()).not.toContain('lindqvist')
  })

  it('is renamed, given another search and deleted', async () => {
    const { viewId } = await saved('J. Ruiz', 'Knees')

    expect((await change('J. Ruiz', viewId, { name: 'Hips' })).status).toBe(200)
    expect(await list('J. Ruiz')).toMatchObject([{ name: 'Hips', search }])
    await change('J. Ruiz', viewId, { search: { view: 'failed', owner: '' } })
    expect(await list('J. Ruiz')).toMatchObject([
      { name: 'Hips', search: { view: 'failed', owner: '' } },
    ])
    expect((await remove('J. Ruiz', viewId)).status).toBe(204)
    expect(await list('J. Ruiz')).toEqual([])
    const again = await change('J. Ruiz', viewId, { name: 'Hips' })
    expect(again.status).toBe(404)
    expect(await problemOf(again)).toMatchObject({
      code: 'view_gone',
      detail: 'this view does not exist any more; somebody deleted it',
    })
  })

  it('is opened by colleagues when it is shared with their practice, and changed by its person only', async () => {
    const { viewId } = await saved('Dr. Okafor', 'To sign today', { sharedWith: 'p1' })

    expect(await list('J. Ruiz')).toMatchObject([
      { name: 'To sign today', savedBy: 'Dr. Okafor', canChange: false, isOrphan: false },
    ])
    expect(await list('elsewhere')).toEqual([])
    for (const response of [
      await change('J. Ruiz', viewId, { name: 'Mine now' }),
      await remove('J. Ruiz', viewId),
    ]) {
      expect(response.status).toBe(403)
      expect(await problemOf(response)).toMatchObject({
        code: 'view_of_another',
        detail: "this view is Dr. Okafor's; save one of your own",
      })
    }
    for (const response of [
      await change('elsewhere', viewId, { name: 'Mine now' }),
      await remove('elsewhere', viewId),
    ])
      expect(response.status).toBe(404)
    await change('Dr. Okafor', viewId, { sharedWith: null })
    expect(await list('J. Ruiz')).toEqual([])
  })

  it('of somebody who is gone is tidied up by the colleagues who see it', async () => {
    await sql`
      insert into saved_views (view_id, saved_by, practice_ids, shared_with, name, search, saved_at)
      values ('left', 'M. Gone', '{p1}', 'p1', 'Old list', '{"owner":"M. Gone"}', now()),
             ('own', 'M. Gone', '{p1}', null, 'Never shared', '{}', now())`.execute(
      server.node.database.db,
    )

    expect(await list('J. Ruiz')).toMatchObject([
      { viewId: 'left', savedBy: 'M. Gone', canChange: true, isOrphan: true },
    ])
    expect((await remove('J. Ruiz', 'own')).status).toBe(404)
    expect((await remove('elsewhere', 'left')).status).toBe(404)
    expect((await remove('J. Ruiz', 'left')).status).toBe(204)
  })

  it('is not of a person with the same label in another practice', async () => {
    await sql`
      insert into saved_views (saved_by, practice_ids, shared_with, name, search, saved_at)
      values ('J. Ruiz', '{p2}', null, 'Of the other J. Ruiz', '{}', now()),
             ('J. Ruiz', '{p1,p2}', null, 'From when p2 was theirs', '{}', now())`.execute(
      server.node.database.db,
    )

    expect(await list('J. Ruiz')).toEqual([])
    expect((await save('J. Ruiz', 'Of the other J. Ruiz')).status).toBe(200)
  })

  it('stays when its person gets another practice', async () => {
    await sql`
      insert into saved_views (saved_by, practice_ids, shared_with, name, search, saved_at)
      values ('Dr. Okafor', '{p1}', null, 'Before p2', '{}', now())`.execute(
      server.node.database.db,
    )

    expect(await list('Dr. Okafor')).toMatchObject([{ name: 'Before p2', canChange: true }])
    expect((await save('Dr. Okafor', 'before P2')).status).toBe(409)
  })
})

describe('a view is refused with a sentence', () => {
  it('when its name is taken, in capitals or not', async () => {
    const { viewId } = await saved('J. Ruiz', 'Knees')
    await saved('J. Ruiz', 'Hips')
    await saved('Dr. Okafor', 'Knees')

    for (const response of [
      await save('J. Ruiz', 'KNEES'),
      await change('J. Ruiz', viewId, { name: 'hips' }),
    ]) {
      expect(response.status).toBe(409)
      expect(await problemOf(response)).toMatchObject({
        code: 'view_name_taken',
        detail: 'a view with this name exists already; choose another',
      })
    }
    expect((await change('J. Ruiz', viewId, { name: 'KNEES' })).status).toBe(200)
    const atOnce = await Promise.all([1, 2, 3].map(() => save('J. Ruiz', 'At once')))
    expect(atOnce.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(atOnce.filter(({ status }) => status === 409)).toHaveLength(2)
  })

  it.each([
    {
      what: 'with 300 characters',
      name: 'x'.repeat(300),
      says: 'A name has at most 60 characters.',
    },
    { what: 'of spaces', name: '   ', says: 'Give the view a name.' },
  ])('when its name is one $what', async ({ name, says }) => {
    const response = await save('J. Ruiz', name)

    expect(response.status).toBe(400)
    expect((await problemOf(response)).issues).toMatchObject([{ path: 'name', message: says }])
    expect(await namesFor('J. Ruiz')).toEqual([])
  })

  it('when the person has 50', async () => {
    await sql`
      insert into saved_views (saved_by, practice_ids, name, search, saved_at)
      select 'J. Ruiz', '{p1}', 'view ' || n, '{}', now() from generate_series(1, 50) n`.execute(
      server.node.database.db,
    )

    const response = await save('J. Ruiz', 'One more')

    expect(response.status).toBe(409)
    expect(await problemOf(response)).toMatchObject({
      code: 'views_full',
      detail: 'you have 50 saved views, which is the most; delete one first',
    })
    expect((await save('Dr. Okafor', 'One more')).status).toBe(200)
  })

  it('when it is for a practice of others, or says what no address can', async () => {
    expect((await save('J. Ruiz', 'Knees', { sharedWith: 'p2' })).status).toBe(403)
    expect((await save('J. Ruiz', 'Knees', { search: { view: 'nothing' } })).status).toBe(400)
    expect((await save('J. Ruiz', 'Knees', { search: { limit: '9' } })).status).toBe(400)
    expect((await save('scheduler', 'Knees')).status).toBe(403)
    expect((await server.ask('operator', path)).status).toBe(403)
    expect(await namesFor('J. Ruiz')).toEqual([])
  })

  it('and leaves nothing of itself in the log', async () => {
    await save('J. Ruiz', 'Lindqvist family', { search: { q: 'lindqvist' } })
    await save('J. Ruiz', 'Lindqvist family', { search: { q: 'lindqvist' } })

    expect(server.log.join('').toLowerCase()).not.toContain('lindqvist')
  })
})

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditSecurityEvents } from '../../src/people/audit-security-events.ts'
import {
  type Browser,
  by,
  openPeopleServer,
  passwordOf,
  type PeopleServer,
} from './people-server.ts'

let server: PeopleServer
let admin: Browser

beforeAll(async () => {
  server = await openPeopleServer({ record: auditSecurityEvents })
  await server.add('admin', { roles: ['administrator'], label: 'Ada Admin' })
  admin = server.browser()
  await admin.signIn('admin', passwordOf('admin'))
})
afterAll(() => server[Symbol.asyncDispose]())

const rename = async (personId: string, label: string) => {
  const response = await admin.ask(`/api/people/${personId}/name`, { label }, 'PUT')
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}
const run = async (text: string) => (await sql.raw(text).execute(server.node.database.db)).rows

describe('another display name', () => {
  it('is shown in open sessions at once, and is in the audit trail with the old one', async () => {
    const { person_id: id } = await server.add('m.silva', { label: 'Mia Silva' })
    const browser = server.browser()
    await browser.signIn('m.silva', passwordOf('m.silva'))

    expect(await rename(id, 'Mia Silva-Ott')).toMatchObject({
      status: 200,
      body: { label: 'Mia Silva-Ott', login: 'm.silva' },
    })

    expect(await browser.session()).toMatchObject({ label: 'Mia Silva-Ott', personId: id })
    const scope = { practiceIds: ['p1'] }
    const page = { after: undefined, limit: 10 }
    const { audit } = server.node.store
    expect(await audit.list(scope, { action: 'settings' }, page)).toContainEqual(
      expect.objectContaining({
        operation: 'renamePerson',
        label: 'Ada Admin',
        detail: `person_renamed ${id}: Mia Silva → Mia Silva-Ott`,
      }),
    )
    await browser.ask('/api/session', undefined, 'DELETE')
    // Either name finds what was done under both.
    for (const person of ['Mia Silva', 'Mia Silva-Ott'])
      expect(
        (await audit.list(scope, { person }, page)).map(({ action, label }) => [action, label]),
      ).toEqual([
        ['sign_out', 'Mia Silva-Ott'],
        ['sign_in', 'Mia Silva'],
      ])
  })

  it('is given to what belongs to the person, and not to past actions', async () => {
    const { person_id: id } = await server.add('k.lind', { label: 'Kim Lind' })
    await run(`insert into registrations (practice_id, encounter_id, patient_id, registered_at, next_poll_at, watch)
      values ('p1', 'e1', 'pat', now(), now(), 'ended')`)
    await run(`insert into encounters (practice_id, encounter_id, patient_id, processing, detected_at)
      values ('p1', 'e1', 'pat', 'processed', now())`)
    await run(`insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, review,
        recommendation, confidence, analysis, completeness, created_at, updated_at, owner, asked_by, asked_of)
      values ('w1', 'p1', 'e1', 'pat', 'sr', 't', 'approved', 'approve', 0.1, '{}', '[]', now(), now(), 'Kim Lind', 'Kim Lind', 'Kim Lind')`)
    await run(
      `insert into work_item_history (work_item_id, version, happened_at, actor, kind, data) values ('w1', 1, now(), 'Kim Lind', 'approved', '{}')`,
    )
    await run(`insert into write_backs (work_item_id, version, practice_id, encounter_id, patient_id, identifier, form_sha256, state, approved_by, approved_at)
      values ('w1', 1, 'p1', 'e1', 'pat', 'i', 'h', 'queued', 'Kim Lind', now())`)
    await run(
      `insert into mentions (work_item_id, label, mentioned_by, mentioned_at) values ('w1', 'Kim Lind', 'Ada Admin', now())`,
    )
    await run(`insert into signatures values ('p1', 'Kim Lind', 'png', '\\x00', now())`)
    await run(
      `insert into saved_views (saved_by, practice_ids, name, search, saved_at) values ('Kim Lind', '{p1}', 'Mine', '{"owner":"Kim Lind","sort":"due"}', now())`,
    )

    await rename(id, 'Kim Berg')

    expect(
      await run(`select owner, asked_by, asked_of, approved_by, h.actor, m.label as mentioned, s.label as signer, saved_by, search
        from work_items join write_backs using (work_item_id) join work_item_history h using (work_item_id)
        join mentions m using (work_item_id), signatures s, saved_views`),
    ).toEqual([
      {
        owner: 'Kim Berg',
        asked_by: 'Kim Berg',
        asked_of: 'Kim Berg',
        approved_by: 'Kim Lind',
        actor: 'Kim Lind',
        mentioned: 'Kim Berg',
        signer: 'Kim Berg',
        saved_by: 'Kim Berg',
        search: { owner: 'Kim Berg', sort: 'due' },
      },
    ])
  })

  it('is given to requests to the person, and not to one of another practice to someone of that name', async () => {
    const { person_id: id } = await server.add('l.moor', { label: 'Lee Moor' })
    for (const practice of ['p1', 'p2'])
      await run(`insert into registrations (practice_id, encounter_id, patient_id, registered_at, next_poll_at, watch)
          values ('${practice}', 'e2', 'pat', now(), now(), 'ended');
        insert into encounters (practice_id, encounter_id, patient_id, processing, detected_at)
          values ('${practice}', 'e2', 'pat', 'processed', now());
        insert into work_items (work_item_id, practice_id, encounter_id, patient_id, service_request_id, transaction_id, review,
            recommendation, confidence, analysis, completeness, created_at, updated_at, asked_of)
          values ('of-${practice}', '${practice}', 'e2', 'pat', 'sr', 't', 'draft', 'approve', 0.1, '{}', '[]', now(), now(), 'Lee Moor')`)

    await rename(id, 'Lee Holm')

    expect(
      await run(
        `select work_item_id, asked_of from work_items where work_item_id like 'of-%' order by 1`,
      ),
    ).toEqual([
      { work_item_id: 'of-p1', asked_of: 'Lee Holm' },
      { work_item_id: 'of-p2', asked_of: 'Lee Moor' },
    ])
  })

  it('is refused when somebody else or a key has or had it, and one’s own former name is not', async () => {
    const one = await server.add('one', { label: 'Noor One' })
    const two = await server.add('two', { label: 'Noor Two' })

    expect(await rename(two.person_id, 'noor  ONE')).toMatchObject({
      status: 409,
      body: { code: 'label_taken' },
    })
    expect(await rename(two.person_id, 'Shared')).toMatchObject({ body: { code: 'label_taken' } })
    expect(await rename(two.person_id, ' x')).toMatchObject({ body: { code: 'person_invalid' } })
    await rename(one.person_id, 'Noor Three')
    expect(await rename(two.person_id, 'Noor One')).toMatchObject({ body: { code: 'label_taken' } })
    expect(await rename(one.person_id, 'Noor One')).toMatchObject({ status: 200 })
    expect(await rename(one.person_id, 'NOOR ONE')).toMatchObject({
      status: 200,
      body: { label: 'NOOR ONE' },
    })
    expect((await server.node.store.people.find(two.person_id))?.label).toBe('Noor Two')
  })

  it('is given to one of two who want it at the same moment', async () => {
    const people = [await server.add('f1'), await server.add('f2')]

    const outcomes = await Promise.all(
      people.map(({ person_id: id }) => server.people.rename(id, 'Finn Fox', by)),
    )

    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused'])
  })

  it('is not given to somebody of another practice, nor to somebody who has more practices', async () => {
    const foreign = await server.add('foreign', { practiceIds: ['p2'] })
    const wider = await server.add('wider', { practiceIds: ['p1', 'p2'] })

    expect(await rename(foreign.person_id, 'A New Name')).toMatchObject({ status: 404 })
    expect(await rename(wider.person_id, 'A New Name')).toMatchObject({
      status: 403,
      body: { code: 'practice_foreign' },
    })
  })

  it('is not in the log', () => {
    expect(server.logged.join('')).not.toMatch(/Kim|Mia/)
  })
})

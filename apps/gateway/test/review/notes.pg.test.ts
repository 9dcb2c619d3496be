import type { QueuePage, QueueSummary } from '@authscript/prior-auth'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Desk, type Draft, openDesk, problemOf } from './a-desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
  await desk.draft()
}, 180_000)
afterAll(() => desk[Symbol.asyncDispose]())
beforeEach(() => desk.node.database.db.deleteFrom('mentions').execute())

const note = (draft: Draft, text: string, mentions?: readonly string[]) =>
  draft.ask('POST', '/notes', { as: 'staff', body: { text, ...(mentions && { mentions }) } })
const read = (draft: Draft, as: 'clinician' | 'staff' | 'outsider' | 'service') =>
  draft.ask('POST', '/mentions/read', { as })

async function queueOf(label: string, view: string): Promise<QueuePage> {
  const response = await fetch(`${desk.address}/api/work-queue?view=${view}&limit=200`, {
    headers: { 'x-api-key': `key of ${label}` },
  })
  return (await response.json()) as QueuePage
}
const rowOf = async (label: string, view: string, { workItemId }: Draft) =>
  (await queueOf(label, view)).items.find((row) => row.workItemId === workItemId)

describe('a note that mentions somebody', () => {
  it('puts the order among theirs, marked, until they have read it', async () => {
    const draft = await desk.draft()
    const before = await rowOf('clinician', 'mine', draft)

    const added = await note(draft, '@clinician, is this the right knee?', ['clinician'])
    const mine = await rowOf('clinician', 'mine', draft)
    const others = await rowOf('colleague', 'open', draft)
    const summary = (await (
      await fetch(`${desk.address}/api/work-queue/summary`, {
        headers: { 'x-api-key': 'key of clinician' },
      })
    ).json()) as QueueSummary
    const seen = (await (await draft.ask('GET', '', { as: 'clinician' })).json()) as {
      mentionsMe: boolean
    }

    expect(before).toBeUndefined()
    expect(added.status).toBe(204)
    expect(mine).toMatchObject({ mentionsMe: true })
    expect(others).toMatchObject({ mentionsMe: false })
    expect(summary.views.mine).toBe(1)
    expect(seen.mentionsMe).toBe(true)

    await read(draft, 'staff')
    expect(await rowOf('clinician', 'mine', draft)).toBeDefined()
    await read(draft, 'clinician')
    expect(await rowOf('clinician', 'mine', draft)).toBeUndefined()
    expect(await rowOf('clinician', 'open', draft)).toMatchObject({ mentionsMe: false })
  })

  it('finds them again when they are mentioned again', async () => {
    const draft = await desk.draft()
    await note(draft, '@clinician look', ['clinician'])
    await read(draft, 'clinician')

    await note(draft, '@clinician look again', ['clinician', 'clinician'])

    expect(await rowOf('clinician', 'mine', draft)).toMatchObject({ mentionsMe: true })
  })

  it('finds them for an order that is finished, too', async () => {
    const draft = await desk.draft()
    await draft.done('POST', '/close', { body: { reason: 'moved away' } })

    await note(draft, '@clinician she is back', ['clinician'])

    expect(await rowOf('clinician', 'mine', draft)).toMatchObject({
      stage: 'closed',
      mentionsMe: true,
    })
  })

  it('changes no version, and says in the history whom it mentions', async () => {
    const draft = await desk.draft()
    const { version } = await draft.read()

    await note(draft, 'ברור @clinician @staff', ['clinician', 'staff'])

    const history = (await (await draft.ask('GET', '/history')).json()) as { items: object[] }
    expect(history.items.at(-1)).toMatchObject({
      kind: 'note',
      actor: 'staff',
      data: { text: 'ברור @clinician @staff', mentioned: 'clinician\nstaff' },
    })
    expect((await draft.read()).version).toBe(version)
    // Nobody has to find their own note.
    expect(await rowOf('staff', 'mine', draft)).toBeUndefined()
  })

  it.each([
    { who: 'somebody of another practice', label: 'outsider' },
    { who: 'a program', label: 'service' },
    { who: 'nobody', label: 'Dr. Who' },
  ])('is refused when it mentions $who, and not saved', async ({ label }) => {
    const draft = await desk.draft()

    const refusal = await problemOf(await note(draft, `@${label} look`, [label]))

    expect(refusal).toMatchObject({ status: 409, code: 'owner_unknown' })
    const history = (await (await draft.ask('GET', '/history')).json()) as {
      items: { kind: string }[]
    }
    expect(history.items.map(({ kind }) => kind)).not.toContain('note')
  })

  it('is not there for another practice', async () => {
    const draft = await desk.draft()

    expect((await read(draft, 'outsider')).status).toBe(404)
    expect((await read(draft, 'service')).status).toBe(403)
  })
})

describe('handing over', () => {
  it.each(['outsider', 'service', 'staff', 'Dr. Who', 'x'.repeat(200)])(
    'is refused to %s, who may not approve orders of the practice',
    async (owner) => {
      const draft = await desk.draft()
      const { version } = await draft.read()

      const refusal = await problemOf(await draft.ask('POST', '/hand-over', { body: { owner } }))

      expect(refusal).toMatchObject({ status: 409, code: 'owner_unknown' })
      expect(await draft.read()).toMatchObject({ version, owner: null })
    },
  )
})

import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openQueueServer, type QueueServer } from '../work-queue/queue-server.ts'

let server: QueueServer

beforeAll(async () => {
  server = await openQueueServer()
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate saved_views, idempotency_keys`.execute(server.node.database.db)
})

const path = '/api/work-queue/views'
const key = '"8e03978e-40d5-43dd-bc93-6894a57f9324"'
const viewOf = (name: string) => ({
  name,
  search: { view: 'open', q: 'lindqvist' },
  sharedWith: null,
})
const save = (label: string, name: string, idempotencyKey = key) =>
  server.ask(label, path, viewOf(name), 'POST', { 'idempotency-key': idempotencyKey })
const count = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from saved_views`.execute(
    server.node.database.db,
  )
  return rows[0]?.n
}

describe('a write with an Idempotency-Key', () => {
  it('that is repeated gets the same answer and has its effect once', async () => {
    const first = await save('J. Ruiz', 'Knees')
    const second = await save('J. Ruiz', 'Knees')

    expect([first.status, second.status]).toEqual([200, 200])
    expect(await second.text()).toBe(await first.text())
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(second.headers.get('idempotency-replayed')).toBe('true')
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(second.headers.get('cache-control')).toBe('no-store')
    expect(await count()).toBe(1)
  })

  it('gets the same refusal too', async () => {
    await save('J. Ruiz', 'Knees', 'another-key-of-16')
    const refused = await save('J. Ruiz', 'Knees')
    await sql`truncate saved_views`.execute(server.node.database.db)

    const repeated = await save('J. Ruiz', 'Knees')

    expect([refused.status, repeated.status]).toEqual([409, 409])
    expect(repeated.headers.get('content-type')).toContain('application/problem+json')
    expect(await repeated.json()).toEqual(await refused.json())
  })

  it('may be repeated without an answer body', async () => {
    const { viewId } = (await (await save('J. Ruiz', 'Knees')).json()) as { viewId: string }
    const remove = () =>
      server.ask('J. Ruiz', `${path}/${viewId}`, undefined, 'DELETE', {
        'idempotency-key': 'a-key-for-deleting',
      })

    expect((await remove()).status).toBe(204)
    const repeated = await remove()

    expect(repeated.status).toBe(204)
    expect(repeated.headers.get('idempotency-replayed')).toBe('true')
  })

  it('is refused when the key was sent with another body, address or version', async () => {
    await save('J. Ruiz', 'Knees')

    const otherBody = await save('J. Ruiz', 'Hips')
    const otherRoute = await server.ask('J. Ruiz', `${path}/x`, undefined, 'DELETE', {
      'idempotency-key': key,
    })
    const otherVersion = await server.ask('J. Ruiz', path, viewOf('Knees'), 'POST', {
      'idempotency-key': key,
      'if-match': '"2"',
    })

    for (const response of [otherBody, otherRoute, otherVersion]) {
      expect(response.status).toBe(422)
      expect(await response.json()).toMatchObject({ code: 'idempotency_key_reused' })
    }
    expect(await count()).toBe(1)
  })

  it('with a body that is nested deeper than any of ours is refused like without a key', async () => {
    const response = await fetch(`${server.address}${path}`, {
      method: 'POST',
      headers: {
        'x-api-key': 'J. Ruiz',
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'request_invalid' })
    expect(server.log.filter((line) => line.includes('a request failed'))).toEqual([])
  })

  it('has its effect once when many are sent at the same moment; the others are asked to wait', async () => {
    const responses = await Promise.all(Array.from({ length: 8 }, () => save('J. Ruiz', 'Knees')))

    const statuses = responses.map(({ status }) => status)
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect(statuses).toContain(200)
    for (const response of responses.filter(({ status }) => status === 409))
      expect(await response.json()).toMatchObject({ code: 'idempotency_key_in_use' })
    expect(await count()).toBe(1)
  })

  it('of another caller is another key', async () => {
    await save('J. Ruiz', 'Knees')

    const response = await save('Dr. Okafor', 'Knees')

    expect(response.headers.get('idempotency-replayed')).toBeNull()
    expect(await response.json()).toMatchObject({ savedBy: 'Dr. Okafor' })
    expect((await save('nobody', 'Knees')).status).toBe(401)
  })

  it.each(['', 'short', 'x'.repeat(300), 'with a space in the key'])(
    'is refused when the key is "%s"',
    async (bad) => {
      const response = await save('J. Ruiz', 'Knees', bad)

      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'idempotency_key_invalid' })
      expect(await count()).toBe(0)
    },
  )

  it('whose node died is carried out by the next node, and one in progress is not carried out again', async () => {
    await save('J. Ruiz', 'Knees')
    const { db } = server.node.database
    await sql`update idempotency_keys set status = null, answer = null`.execute(db)
    expect((await save('J. Ruiz', 'Knees')).status).toBe(409)

    await sql`update idempotency_keys set claimed_until = now() - interval '1 second'`.execute(db)
    await sql`truncate saved_views`.execute(db)

    expect((await save('J. Ruiz', 'Knees')).status).toBe(200)
    expect(await count()).toBe(1)
  })

  it('is a new request after the key has expired', async () => {
    await save('J. Ruiz', 'Knees')
    await sql`update idempotency_keys set expires_at = now()`.execute(server.node.database.db)

    expect((await save('J. Ruiz', 'Hips')).status).toBe(200)
    await sql`update idempotency_keys set expires_at = now()`.execute(server.node.database.db)
    await server.node.store.idempotencyKeys.deleteExpired()
    const { rows } = await sql`select from idempotency_keys`.execute(server.node.database.db)
    expect(rows).toEqual([])
  })

  it('is carried out when it is sent again after a failure of ours', async () => {
    const { db } = server.node.database
    await sql`alter table saved_views rename to saved_views_away`.execute(db)
    const failed = await save('J. Ruiz', 'Knees')
    await sql`alter table saved_views_away rename to saved_views`.execute(db)

    const again = await save('J. Ruiz', 'Knees')

    expect([failed.status, again.status]).toEqual([500, 200])
    expect(again.headers.get('idempotency-replayed')).toBeNull()
    expect(await count()).toBe(1)
  })

  it('of a caller without the right leaves nothing behind', async () => {
    expect((await save('operator', 'Knees')).status).toBe(403)

    const { rows } = await sql`select from idempotency_keys`.execute(server.node.database.db)
    expect(rows).toEqual([])
  })

  it('leaves neither the key nor the answer readable in the database or the log', async () => {
    await save('J. Ruiz', 'Family Lindqvist')

    const { rows } = await sql<{ row: string }>`
      select k::text || convert_from(decode(encode(answer, 'hex'), 'escape'), 'LATIN1') as row
        from idempotency_keys k`.execute(server.node.database.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toMatch(/lindqvist/i)
    expect(rows[0]?.row).not.toContain('8e03978e')
    const { rows: raw } = await sql<{ answer: Buffer }>`
      select answer from idempotency_keys`.execute(server.node.database.db)
    expect(raw[0]?.answer.toString('latin1')).not.toMatch(/lindqvist/i)
    expect(server.log.join('')).not.toMatch(/lindqvist|8e03978e/i)
  })
})

describe('a read with an Idempotency-Key', () => {
  it('is answered as without one', async () => {
    const response = await server.ask('J. Ruiz', path, undefined, 'GET', { 'idempotency-key': key })

    expect(response.status).toBe(200)
    expect(response.headers.get('idempotency-replayed')).toBeNull()
  })
})

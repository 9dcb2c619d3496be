import { describe, expect, it } from 'vitest'
import { ApiError, createClient, dataOf } from '../src/index.ts'
import { type AnsweringServer, sendJson, startServer } from './answering-server.ts'

const clientOf = ({ baseUrl }: Pick<AnsweringServer, 'baseUrl'>, retries = 2) =>
  createClient({ baseUrl, apiKey: 'a key', retries })
const problem = (status: number, code: string) => ({
  type: `/docs/errors#${code}`,
  title: 'No',
  status,
  code,
  detail: `${code} it is`,
})
const soon = { 'retry-after': '0' }

describe('an operation', () => {
  it('is sent with its ids, query keys, headers and body, and answered with its data and version', async () => {
    await using server = await startServer((response) =>
      sendJson(response, 200, { workItemId: 'a/b' }, { etag: '"4"' }),
    )

    const result = await clientOf(server).changeAnswer({
      workItemId: 'a/b',
      criterionId: 'ä?',
      ifMatch: '"3"',
      body: { answer: 'met', reason: 'seen on paper' },
    })

    expect(result).toEqual({ ok: true, status: 200, data: { workItemId: 'a/b' }, etag: '"4"' })
    expect(server.received).toMatchObject([
      {
        method: 'PUT',
        url: '/api/work-items/a%2Fb/answers/%C3%A4%3F',
        headers: { 'x-api-key': 'a key', 'if-match': '"3"', 'content-type': 'application/json' },
      },
    ])
    expect(JSON.parse(String(server.received[0]?.body))).toEqual({
      answer: 'met',
      reason: 'seen on paper',
    })
  })

  it('leaves out query keys without a value', async () => {
    await using server = await startServer((response) =>
      sendJson(response, 200, { items: [], nextCursor: null }),
    )

    await clientOf(server).listEncounters({ limit: 5, cursor: undefined })

    expect(server.received[0]?.url).toBe('/api/encounters?limit=5')
  })

  it('sends and receives files as bytes, and nothing as nothing', async () => {
    await using server = await startServer((response, { method }) => {
      if (method === 'DELETE') response.writeHead(204).end()
      else if (method === 'GET')
        response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-')
      else sendJson(response, 200, {})
    })
    const client = clientOf(server)

    await client.addAttachment({
      workItemId: 'w',
      fileName: 'scan.png',
      ifMatch: '"1"',
      body: Uint8Array.of(1, 2, 3),
      contentType: 'image/png',
    })
    const file = dataOf(await client.getWorkItemForm({ workItemId: 'w' }))
    const gone = await client.deleteWebhook({ webhookId: 'h' })

    expect(server.received[0]).toMatchObject({
      body: Buffer.of(1, 2, 3),
      headers: { 'content-type': 'image/png', 'x-file-name': 'scan.png' },
    })
    expect(Buffer.from(file).toString()).toBe('%PDF-')
    expect(gone).toMatchObject({ ok: true, data: undefined })
  })
})

describe('a failure', () => {
  it('is an answer with the problem document, distinguished by its code', async () => {
    await using server = await startServer((response) =>
      sendJson(response, 412, { ...problem(412, 'version_stale'), changedBy: 'J. Ruiz' }),
    )

    const result = await clientOf(server).approveWorkItem({ workItemId: 'w', ifMatch: '"3"' })

    if (result.ok) throw new Error('it was approved')
    switch (result.problem.code) {
      case 'version_stale':
        expect(result.problem.changedBy).toBe('J. Ruiz')
        break
      default:
        throw new Error(result.problem.code)
    }
    expect(() => dataOf(result)).toThrow(ApiError)
    expect(() => dataOf(result)).toThrow('version_stale: version_stale it is')
  })

  it('of something between client and gateway has a code of its own', async () => {
    await using server = await startServer((response, _request, number) => {
      const [status, type] = number === 1 ? [404, 'text/html'] : [200, 'text/html']
      response.writeHead(status, { 'content-type': type }).end('<html>A proxy</html>')
    })
    const client = clientOf(server)

    for (const status of [404, 200])
      expect(await client.getSession()).toMatchObject({
        ok: false,
        problem: { code: 'unexpected_answer', status },
      })
  })

  it('to reach the gateway is an answer too', async () => {
    const server = await startServer(() => undefined)
    await server[Symbol.asyncDispose]()

    expect(await clientOf(server, 0).getSession()).toMatchObject({
      ok: false,
      problem: { code: 'unreachable', status: 0, detail: expect.stringContaining('ECONNREFUSED') },
    })
  })

  it('by the signal is thrown', async () => {
    await using server = await startServer(() => undefined)
    const signal = AbortSignal.abort(new Error('enough'))

    await expect(clientOf(server).getSession({ signal })).rejects.toThrow('enough')
  })

  it('of the address is thrown at once', () => {
    expect(() => createClient({ baseUrl: 'gateway', apiKey: 'a key' })).toThrow(TypeError)
  })
})

describe('a request without an answer', () => {
  it('is sent again with the same key, so that it has its effect once', async () => {
    await using server = await startServer((response, _request, number) => {
      if (number === 1) response.socket?.destroy()
      else if (number === 2) sendJson(response, 503, problem(503, 'database_unavailable'), soon)
      else sendJson(response, 200, { registered: true })
    })

    const result = await clientOf(server).registerEncounter({
      body: { practiceId: 'p', patientId: 'x', encounterId: 'v' },
    })

    expect(result.ok).toBe(true)
    const keys = server.received.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('keeps the key that the caller gave', async () => {
    await using server = await startServer((response) => sendJson(response, 200, {}))

    await clientOf(server).addNote({
      workItemId: 'w',
      idempotencyKey: 'note-1-of-my-program',
      body: { text: 'called' },
    })

    expect(server.received[0]?.headers['idempotency-key']).toBe('note-1-of-my-program')
  })

  it('is not sent again when that could have a second effect, or cannot help', async () => {
    await using server = await startServer((response, { url }) =>
      url === '/api/session'
        ? sendJson(response, 503, problem(503, 'sign_in_busy'), soon)
        : sendJson(response, 409, problem(409, 'already_under_way')),
    )
    const client = clientOf(server)

    await client.signIn({ body: { login: 'j', password: 'p' } })
    await client.reprocessEncounter({ encounterId: 'v' })

    expect(server.received).toHaveLength(2)
  })

  it('is given up after the retries', async () => {
    await using server = await startServer((response) =>
      sendJson(response, 429, problem(429, 'too_many_requests'), soon),
    )

    const result = await clientOf(server, 3).getSession()

    expect(result).toMatchObject({ ok: false, problem: { code: 'too_many_requests' } })
    expect(server.received).toHaveLength(4)
  })
})

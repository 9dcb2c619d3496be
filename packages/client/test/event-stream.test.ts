import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createClient, type StreamItem } from '../src/index.ts'
import { sendJson, startServer } from './answering-server.ts'

const event = (sequence: number) =>
  `event: FormApproved\nid: ${sequence}\ndata: ${JSON.stringify({ sequence, eventType: 'FormApproved' })}\n\n`
const open = (response: ServerResponse, heartbeatMs = 10_000) =>
  response
    .writeHead(200, { 'content-type': 'text/event-stream', 'x-heartbeat-ms': heartbeatMs })
    .write('retry: 1\n\n')

async function take(stream: AsyncIterable<StreamItem>, count: number) {
  const items: StreamItem[] = []
  for await (const item of stream) {
    items.push(item)
    if (items.length === count) break
  }
  return items
}
const sequenceOf = (item: StreamItem) => (item.kind === 'event' ? item.event.sequence : 'gap')

describe('the stream of events', () => {
  it('connects again where it was cut, and gets what came after the last event', async () => {
    await using server = await startServer((response, _request, number) => {
      open(response)
      response.write(event(number), () => {
        if (number < 3) response.destroy()
      })
    })
    const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })

    const items = await take(client.events({ lastEventId: 0 }), 3)

    expect(items.map(sequenceOf)).toEqual([1, 2, 3])
    expect(server.received.map(({ url, headers }) => [url, headers['last-event-id']])).toEqual([
      ['/api/events?contract=event-message', '0'],
      ['/api/events?contract=event-message', '1'],
      ['/api/events?contract=event-message', '2'],
    ])
  })

  it('connects again after failures of the gateway', async () => {
    await using server = await startServer((response, _request, number) => {
      if (number === 1) response.writeHead(502).end('a proxy')
      else if (number === 2) response.socket?.destroy()
      else {
        open(response)
        response.write(event(7))
      }
    })
    const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })

    // It waits two seconds and then four: nothing has said otherwise.
    expect((await take(client.events(), 1)).map(sequenceOf)).toEqual([7])
  }, 60_000)

  it('notices a connection that is open and silent', async () => {
    await using server = await startServer((response, _request, number) => {
      open(response, 20)
      if (number > 1) response.write(event(number))
    })
    const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })

    expect((await take(client.events(), 1)).map(sequenceOf)).toEqual([2])
  })

  it('says that events were left out, and does not forget where it was', async () => {
    await using server = await startServer((response, _request, number) => {
      open(response)
      if (number > 1) {
        response.write(event(12))
        return
      }
      response.write(event(4))
      response.end('event: gap\ndata: {"dropped":3,"after":4}\n\n')
    })
    const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })

    const items = await take(client.events(), 3)

    expect(items[1]).toEqual({ kind: 'gap', dropped: 3, after: 4 })
    expect(items.map(sequenceOf)).toEqual([4, 'gap', 12])
    expect(server.received[1]?.headers['last-event-id']).toBe('4')
  })

  it.each([401, 403, 400])('ends with an error when it is refused with %i', async (status) => {
    await using server = await startServer((response) =>
      sendJson(response, status, { type: '', title: 'No', status, code: 'role_missing' }),
    )
    const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })

    await expect(take(client.events(), 1)).rejects.toMatchObject({
      name: 'ApiError',
      code: 'role_missing',
      status,
    })
  })

  it('ends when its signal aborts, whether it waits for an event or for a connection', async () => {
    await using quiet = await startServer((response) => open(response))
    await using broken = await startServer((response) => response.writeHead(503).end())
    for (const server of [quiet, broken]) {
      const stop = new AbortController()
      const client = createClient({ baseUrl: server.baseUrl, apiKey: 'a key' })
      const items = take(client.events({ signal: stop.signal }), 1)
      while (server.received.length === 0)
        await new Promise((resolve) => {
          setTimeout(resolve, 5)
        })

      stop.abort()

      expect(await items).toEqual([])
    }
  })
})

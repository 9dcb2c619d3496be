import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { endSlowReaders, type SlowReaderLimits } from '../../src/http/slow-readers.ts'
import { UploadPlaces } from '../../src/http/upload-places.ts'

const megabyte = 1024 * 1024
/** More than the buffers of both ends of a connection take. */
const file = Buffer.alloc(40 * megabyte, 'x')
const opened: (() => unknown)[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()))
})

/** A server of one file, and its answers. */
async function aServer(limits: Partial<SlowReaderLimits>) {
  const app = Fastify({ forceCloseConnections: true })
  const answers: ServerResponse[] = []
  endSlowReaders(app, { lookEveryMs: 20, ...limits })
  app.get('/file', (_request, reply) => {
    answers.push(reply.raw)
    return reply.type('application/pdf').send(file)
  })
  app.get('/text', () => 'short')
  opened.push(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return { url, answers }
}

/** Opens a file and reads its beginning only. */
async function aSlowReader(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  opened.push(() => socket.destroy())
  socket.write('GET /file HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(socket, 'readable')
  return socket
}

const endOf = async (answer: ServerResponse | undefined) => {
  if (answer !== undefined && !answer.closed) await once(answer, 'close')
  return { isWhole: answer?.writableFinished }
}

describe('a reader that takes nothing', () => {
  it('loses its answer after a time', async () => {
    const { url, answers } = await aServer({ windowMs: 300 })
    await aSlowReader(url)

    expect(await endOf(answers[0])).toEqual({ isWhole: false })
  })

  it('loses its answer at once when too much waits for all of them, and others get theirs', async () => {
    const { url, answers } = await aServer({ maxUnreadBytes: 60 * megabyte })
    await Promise.all(Array.from({ length: 5 }, () => aSlowReader(url)))

    // One of the five fits.
    await Promise.any(answers.map(endOf))
    const quick = await fetch(`${url}/file`)

    expect((await quick.arrayBuffer()).byteLength).toBe(file.length)
    const open = answers.slice(0, 5).filter((answer) => !answer.closed)
    expect(open.length).toBeLessThan(5)
  })
})

describe('a reader that reads', () => {
  it('gets the whole answer, however long that takes', async () => {
    const { url } = await aServer({ windowMs: 1000, minBytes: 1024 })
    const response = await fetch(`${url}/file`)
    let bytes = 0
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }

    expect(response.headers.get('content-length')).toBe(String(file.length))
    expect(bytes).toBe(file.length)
  })

  it('gets the bytes as they are', async () => {
    const { url } = await aServer({})

    const response = await fetch(`${url}/file`)

    expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true)
    expect(await (await fetch(`${url}/text`)).text()).toBe('short')
  })
})

describe('uploads that never end', () => {
  it('of one person leave places to everybody else', async () => {
    const places = new UploadPlaces()
    const app = Fastify({ forceCloseConnections: true })
    const { promise: allBegan, resolve } = Promise.withResolvers<void>()
    let begun = 0
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.post(
      '/upload',
      {
        async preParsing(request, reply) {
          begun += 1
          if (begun === 30) resolve()
          places.take(String(request.headers['x-person']), reply)
        },
      },
      () => 'read',
    )
    opened.push(() => app.close())
    const url = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
    for (let count = 0; count < 30; count += 1) {
      const socket = connect(Number(url.port), '127.0.0.1')
      socket.on('error', () => undefined)
      opened.push(() => socket.destroy())
      socket.write(
        'POST /upload HTTP/1.1\r\nhost: x\r\nx-person: mallory\r\ncontent-type: a/b\r\ncontent-length: 1000\r\n\r\nx',
      )
    }
    await allBegan

    const answers = await Promise.all(
      ['ana', 'ben', 'cem'].map(async (person) => {
        const response = await fetch(new URL('/upload', url), {
          method: 'POST',
          headers: { 'x-person': person, 'content-type': 'a/b' },
          body: 'a file',
        })
        return response.status
      }),
    )

    expect(answers).toEqual([200, 200, 200])
  })
})

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectDatabase, DatabaseUnavailableError } from './database.ts'

/** A server that does `answer` with each connection; what it listens on. */
async function aServer(answer: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    answer(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** PostgreSQL's ErrorResponse: `E`, the length, then fields that end with a zero byte. */
function errorResponse(code: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mrefused for someone hush\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  return Buffer.concat([head, fields])
}

const refusing = (code: string) => (socket: Socket) =>
  void socket.once('data', () => socket.end(errorResponse(code)))

async function failureOf(host: string, port: number, timeoutMs?: number): Promise<string> {
  const error: unknown = await connectDatabase(
    { connectionString: `postgres://someone:hush@${host}:${port}/kept` },
    {
      poolSize: 2,
      onError: () => undefined,
      ...(timeoutMs === undefined ? {} : { connectTimeoutMs: timeoutMs }),
    },
  ).catch((caught: unknown) => caught)
  if (!(error instanceof DatabaseUnavailableError)) throw error
  expect(error.message).not.toContain('hush')
  return error.message
}

describe('a database that cannot be used is named with host, port and cause', () => {
  it.each([
    ['28P01', 'the password of the user "someone" was refused'],
    [
      '28000',
      'the server does not let the user "someone" in from this machine (pg_hba.conf), or does not know it',
    ],
    ['3D000', 'the database "kept" does not exist'],
    ['42501', 'the user "someone" may not connect to the database "kept"'],
    ['53300', 'the server has no connection left'],
    ['57P03', 'the server is starting up or shutting down'],
    ['XX000', 'failed with XX000'],
  ])('the server answers %s', async (code, cause) => {
    const port = await aServer(refusing(code))

    expect(await failureOf('127.0.0.1', port)).toBe(
      `cannot connect to the database at 127.0.0.1:${port}: ${cause}; check Database.Url / Database__Url`,
    )
  })

  it('nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')

    expect(await failureOf('127.0.0.1', port)).toBe(
      `cannot connect to the database at 127.0.0.1:${port}: the connection was refused; no server listens there; check Database.Url / Database__Url`,
    )
  })

  it('the host is unknown', async () => {
    expect(await failureOf('database.invalid', 5432)).toBe(
      'cannot connect to the database at database.invalid:5432: the host was not found; check Database.Url / Database__Url',
    )
  })

  it('the server says nothing', async () => {
    const port = await aServer(() => undefined)

    expect(await failureOf('127.0.0.1', port, 50)).toContain(
      `at 127.0.0.1:${port}: no answer within 0.05 s;`,
    )
  })

  it('the server hangs up', async () => {
    const port = await aServer((socket) => void socket.once('data', () => socket.end()))

    expect(await failureOf('127.0.0.1', port)).toContain(
      `at 127.0.0.1:${port}: the server closed the connection; it may not be PostgreSQL;`,
    )
  })

  it('a file that the address names is missing', async () => {
    const error: unknown = await connectDatabase(
      { connectionString: 'postgres://someone:hush@127.0.0.1/kept?sslrootcert=/nowhere' },
      { poolSize: 2, onError: () => undefined },
    ).catch((caught: unknown) => caught)

    expect(error).toBeInstanceOf(DatabaseUnavailableError)
    expect(String(error)).toContain('Database.Url / Database__Url cannot be used (ENOENT)')
    expect(String(error)).not.toContain('hush')
  })
})

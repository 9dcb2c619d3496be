import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../../src/clock.ts'
import { locateBinaries } from '../../src/store/embedded-postgres/binaries.ts'
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres/embedded-postgres.ts'
import { folderAt } from '../../src/store/embedded-postgres/folder.ts'
import { chooseServerUser } from '../../src/store/embedded-postgres/server-user.ts'
import { onServer, type TestConnection } from './template-database.ts'

/** A PostgreSQL as a hospital has one: over TCP, with a password, and no rights beyond one database. */
export interface PasswordServer extends AsyncDisposable {
  readonly url: string
  /** As it may be shown. */
  readonly place: string
  readonly connection: TestConnection & { readonly password: string }
}

const password = 'p@ss/w%rd'
const never = new AbortController().signal

export async function startPasswordServer(directory: string): Promise<PasswordServer> {
  await using first = await startEmbeddedPostgres({ directory, clock: systemClock })
  await onServer(first.connection, async (client) => {
    await client.query(`create role hospital login password ${pg.escapeLiteral(password)}`)
    await client.query('create database kept owner hospital')
  })
  await first.stop()

  const { cluster } = folderAt(directory)
  await writeFile(join(cluster, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n')
  const port = await freePort()
  const { postgres } = await locateBinaries()
  const user = await chooseServerUser(directory, postgres)
  const server = user.spawn(
    postgres,
    ['-D', cluster, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-c', 'timezone=Asia/Tokyo'],
    { stdio: 'ignore' },
  )
  const ended = once(server, 'exit')
  const connection = { host: '127.0.0.1', port, user: 'hospital', password, database: 'kept' }
  while (!(await onServer(connection, async () => true).catch(() => false))) {
    await systemClock.sleep(50, never)
  }
  return {
    url: `postgres://hospital:${encodeURIComponent(password)}@127.0.0.1:${port}/kept`,
    place: `127.0.0.1:${port}/kept`,
    connection,
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT')
      await ended
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

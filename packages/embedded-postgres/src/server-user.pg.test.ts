import { spawnSync } from 'node:child_process'
import { chmod, chown, stat } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { startHolder } from '../test/holder.ts'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { systemClock } from './clock.ts'
import { locateBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { directoryAt } from './directory.ts'
import { serverClient } from './server-client.ts'
import { ServerProcess } from './server-process.ts'
import { chooseServerUser, giveTo, serverUser } from './server-user.ts'

const nobody = { uid: 65_534, gid: 65_534 }
const isRoot = process.getuid?.() === 0
const never = new AbortController().signal

const start = (directory: string) => startEmbeddedPostgres({ directory, clock: systemClock })

async function increment(server: EmbeddedPostgres): Promise<number> {
  const client = new pg.Client(server.connection)
  await client.connect()
  await client.query('create table if not exists starts (n int)')
  await client.query('insert into starts values (1)')
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from starts')
  await client.end()
  return rows[0]?.n ?? 0
}

describe.runIf(isRoot)('started as root', () => {
  test('PostgreSQL runs as nobody where nobody can enter, the checkout included', async () => {
    await using folder = await createTemporaryFolder('open')
    const { postgres } = await locateBinaries()
    const canEnter = spawnSync('test', ['-x', postgres], { ...nobody, cwd: '/' }).status === 0
    await using server = await start(folder.path)

    expect(await increment(server)).toBe(1)
    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(canEnter ? nobody.uid : 0)
  })

  test('PostgreSQL runs in a folder under a private one', async () => {
    await using folder = await createTemporaryFolder('private')
    await using server = await start(join(folder.path, 'deeper'))

    expect(await increment(server)).toBe(1)
  })

  test('a folder that is closed and opened between starts keeps its rows', async () => {
    await using folder = await createTemporaryFolder('open')
    const counts: number[] = []
    for (const mode of [0o755, 0o700, 0o755]) {
      await chmod(folder.path, mode)
      await using server = await start(folder.path)
      counts.push(await increment(server))
    }

    expect(counts).toEqual([1, 2, 3])
  })

  test('where user namespaces are forbidden a capability opens the private folder', async () => {
    await using parent = await createTemporaryFolder('private')
    const binaries = await locateBinaries()
    const folder = directoryAt(parent.path)
    const user = serverUser('capability')

    await createCluster(folder, binaries, { serverUser: user, databaseUser: 'postgres' }, never)
    await giveTo(user.owner, folder.cluster)
    const server = new ServerProcess(folder, binaries, user, {
      clock: systemClock,
      maxConnections: 10,
    })
    try {
      await server.waitUntilReady(never)
      const client = serverClient({ host: folder.cluster, user: 'postgres' }, 'test')
      await client.connect()
      expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }])
      await client.end()
    } finally {
      await server.stop()
    }
  })

  const nobodyRunsNode =
    spawnSync(process.execPath, ['--version'], { ...nobody, cwd: '/' }).status === 0
  test.runIf(nobodyRunsNode)('as a plain user PostgreSQL runs as that user', async () => {
    await using folder = await createTemporaryFolder('private')
    await chown(folder.path, nobody.uid, nobody.gid)
    const holder = startHolder(folder.path, { ...nobody, cwd: '/' })

    await holder.ready()

    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(nobody.uid)
    expect(await holder.end('SIGTERM')).toBe(0)
  })
})

test.runIf(!isRoot)('a plain user needs no other', async () => {
  const { postgres } = await locateBinaries()

  expect((await chooseServerUser('/', postgres)).kind).toBe('self')
})

import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findServerProcesses } from '@authscript/embedded-postgres'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { runCommandLine } from './run-command-line.ts'
import { systemClock } from '../clock.ts'
import { connectDatabase, migrate } from '../store/database.ts'
import { startEmbeddedDatabase } from '../store/embedded-database.ts'
import { createStore } from '../store/store.ts'
import { runCommand } from '../../test/database/database-command.ts'
import { createTemporaryFolder } from '../../test/database/temporary-folder.ts'

async function run(...args: string[]) {
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  const exitCode = await runCommandLine(['status', ...args], { print, printError: print })
  return { exitCode, output: lines.join('\n') }
}

describe('authscript status', () => {
  it('starts nothing where no gateway runs, and says so', async () => {
    await using folder = await createTemporaryFolder()

    expect(await runCommand('status', '--json', folder.path)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('[database_missing]'),
    })
    await (await startEmbeddedDatabase({ directory: folder.path, clock: systemClock })).stop()
    expect(await runCommand('status', '--json', folder.path)).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(/no gateway runs on .*\[status_unknown\]/),
    })
  })

  it('does not say that no gateway runs while one starts its database again', async () => {
    await using folder = await createTemporaryFolder()
    await using _server = await startEmbeddedDatabase({
      directory: folder.path,
      clock: systemClock,
    })
    const settings = join(folder.path, 'postgres', 'postgresql.conf')
    await chmod(settings, 0o000)
    for (const pid of await findServerProcesses(folder.path)) process.kill(pid, 'SIGKILL')
    await expect.poll(() => findServerProcesses(folder.path)).toEqual([])

    const { exitCode, output } = await runCommand('status', '--json', folder.path)
    await chmod(settings, 0o600)

    expect(exitCode).toBe(1)
    expect(output).toMatch(/its database died and is about to be started again.*\[status_unknown\]/)
  })

  it('reads the database of a running gateway: 1 while none reports, 0 when one works', async () => {
    await using folder = await createTemporaryFolder()
    await using server = await startEmbeddedDatabase({ directory: folder.path, clock: systemClock })
    expect(await runCommand('status', '--json', folder.path)).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('the database is of an earlier release'),
    })
    const database = await connectDatabase(server.connection, { poolSize: 1, onError: () => {} })
    await migrate(database.db)

    const before = await runCommand('status', '--json', folder.path)
    await createStore(database.db, { clock: systemClock, jobKinds: [] }).nodes.report({
      nodeId: '00000000-0000-4000-8000-000000000001',
      host: 'gw',
      processId: 7,
      version: '0.1.0',
      startedAt: new Date().toISOString(),
      state: 'working',
      leaseCount: 0,
      workerCount: 4,
      busyWorkers: 1,
      wantedWorkers: 2,
      streamCount: 3,
      heapBytes: 1,
      heapLimitBytes: 2,
      loopLagMs: 0,
      ehr: { requestsPerSecond: 2, limitPerSecond: 15, requestsPerDay: 1000, tooManyRequests: 0 },
      dependencies: [],
      findings: [],
    })
    const node = database.db.updateTable('nodes')
    await node.set({ seen_at: new Date(Date.now() - 60_000) }).execute()
    // As a gateway that runs has one, also while the disk is full and it cannot report.
    const listener = await database.connectListener()
    const silent = await runCommand('status', '--config=gateway.config.json', folder.path)
    await listener.end()
    // Its next reports, until a process has started that reads them.
    await sql`update nodes set seen_at = now() + interval '1 hour'`.execute(database.db)
    const after = await runCommand('status', '--config=gateway.config.json', folder.path)
    await database.close()

    expect(before.exitCode).toBe(1)
    expect(JSON.parse(before.output)).toMatchObject({
      verdict: { level: 'trouble', text: 'No gateway runs on this database' },
    })
    expect(silent).toMatchObject({
      exitCode: 1,
      output: expect.stringMatching(
        /^wrong A gateway is connected to this database, but none reports; whether work is done is unknown since .*disk/,
      ),
    })
    expect(after).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^ok {4}Working\n[^]*Workers +1 busy[^]*node gw:7 {2}working/),
    })
  })

  it('refuses half an address, and says when nobody answers there', async () => {
    await using folder = await createTemporaryFolder()
    const file = join(folder.path, 'key')
    await writeFile(file, 'secret-key\n')

    expect(await run('--url', 'http://127.0.0.1:9')).toMatchObject({ exitCode: 2 })
    expect(await run('--url', 'ftp://x', '--key-file', file)).toMatchObject({ exitCode: 2 })
    expect(await run('--url', 'http://127.0.0.1:9', '--key-file', `${file}2`)).toMatchObject({
      exitCode: 2,
      output: expect.stringContaining('there is no such file'),
    })
    const nobody = await run('--url', 'http://127.0.0.1:9', '--key-file', file)
    expect(nobody).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('no gateway answers at http://127.0.0.1:9'),
    })
    expect(nobody.output).not.toContain('secret-key')
  })
})

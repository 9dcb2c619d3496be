import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { mountVolume } from '../test/mounted-volume.ts'
import { RestartLog } from '../test/restart-log.ts'
import { missingRows, RowWriter } from '../test/row-writer.ts'
import { onServer } from '../test/on-server.ts'
import { systemClock } from './clock.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'

/** Holds a new database (some 45 MB), and its log until the next checkpoint. */
const volumeArguments = ['-t', 'tmpfs', '-o', 'size=140m,mode=755', 'tmpfs']

/** Takes the last byte, while others take some too. */
async function fillUp(volume: string): Promise<{ remove(): Promise<void> }> {
  const ballast = join(volume, '.ballast')
  const filling = promisify(execFile)('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=1M'])
  await expect(filling).rejects.toThrow('No space left on device')
  return { remove: () => rm(ballast) }
}

/**
 * Writes what needs no new page, but a new file of the write-ahead log: what a server cannot do without. A connection or a statement
 * may fail before the server does, so it is tried again.
 */
async function exhaustLog(
  connection: Parameters<typeof onServer>[0],
  isDown: () => boolean,
): Promise<void> {
  while (!isDown())
    await onServer(connection, async (client) => {
      client.on('error', () => {})
      for (;;) {
        await client.query("select pg_logical_emit_message(false, 'test', 'x')")
        await client.query('select pg_switch_wal()')
      }
    }).catch(() => {})
}

test('a full disk fails the statements that need space; once there is space they work', async ({
  skip,
}) => {
  await using volume = await mountVolume(volumeArguments).catch((error: unknown) =>
    skip(`no disk can be mounted here: ${String(error)}`),
  )
  await using server = await startEmbeddedPostgres({ directory: volume.path, clock: systemClock })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(100)

  const ballast = await fillUp(volume.path)
  const big = onServer(server.connection, (client) =>
    client.query("create table big as select repeat('x', 1000) from generate_series(1, 100000)"),
  )
  await expect(big).rejects.toMatchObject({ code: '53100' })
  await ballast.remove()
  await writer.grow(100)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
})

test('a PostgreSQL that a full disk brought down comes back once there is space, with every acknowledged row', async ({
  skip,
}) => {
  await using volume = await mountVolume(volumeArguments).catch((error: unknown) =>
    skip(`no disk can be mounted here: ${String(error)}`),
  )
  const restarts = new RestartLog()
  await using server = await startEmbeddedPostgres({
    directory: volume.path,
    clock: systemClock,
    onRestart: restarts.record,
  })
  await using writer = await RowWriter.start(server.connection)
  await writer.grow(100)

  const ballast = await fillUp(volume.path)
  await exhaustLog(server.connection, () => restarts.outcomes.includes('restart_failed'))
  await ballast.remove()
  await restarts.until('restarted')
  await writer.grow(100)
  await writer.stop()

  expect(await missingRows(server.connection, writer.promised())).toEqual([])
})

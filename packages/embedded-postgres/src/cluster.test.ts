import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTemporaryFolder } from '../test/temporary-folder.ts'
import { inspectCluster } from './cluster.ts'
import { directoryAt } from './directory.ts'

const whole = {
  'postgres/PG_VERSION': '18\n',
  'postgres/base/1/1247': '',
  'postgres/global/pg_control': 'control',
  'postgres/pg_wal/000000010000000000000001': '',
  'postgres/pg_xact/0000': '',
}

async function write(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
}

const without = (prefix: string) =>
  Object.fromEntries(Object.entries(whole).filter(([path]) => !path.startsWith(prefix)))

describe('a folder to start on', () => {
  test.each([
    ['a new folder', {}, 'absent'],
    ['a fresh volume', { 'lost+found/.keep': '' }, 'absent'],
    ['the draft of a killed creation', { '.creating-1-abc/PG_VERSION': '18' }, 'absent'],
    ['a whole database', whole, 'present'],
    ['a whole database with its log', { ...whole, 'postgres.log': '' }, 'present'],
  ])('%s is accepted', async (_case, files, state) => {
    await using folder = await createTemporaryFolder()
    await write(folder.path, files)

    expect(await inspectCluster(directoryAt(folder.path), 18)).toBe(state)
  })
})

describe('a folder to leave alone', () => {
  test.each([
    ['other files', { 'thesis.txt': 'v1' }, 'thesis.txt'],
    ['a log without its database', { 'postgres.log': '' }, 'postgres.log'],
    ['no PG_VERSION', without('postgres/PG_VERSION'), 'PG_VERSION is missing'],
    ['no pg_control', without('postgres/global'), 'global/pg_control is missing'],
    ['no WAL', without('postgres/pg_wal'), 'pg_wal is missing'],
    ['an empty PG_VERSION', { ...whole, 'postgres/PG_VERSION': '' }, 'names no version'],
  ])('%s is reported as damage', async (_case, files, finding) => {
    await using folder = await createTemporaryFolder()
    await write(folder.path, files)
    const before = await readdir(folder.path, { recursive: true })

    await expect(inspectCluster(directoryAt(folder.path), 18)).rejects.toMatchObject({
      name: 'DatabaseFolderDamagedError',
      message: expect.stringContaining(finding),
    })
    expect(await readdir(folder.path, { recursive: true })).toEqual(before)
  })

  test.each(['17', '19', '9.6'])('one of PostgreSQL %s is refused', async (version) => {
    await using folder = await createTemporaryFolder()
    await write(folder.path, { ...whole, 'postgres/PG_VERSION': `${version}\n` })

    await expect(inspectCluster(directoryAt(folder.path), 18)).rejects.toMatchObject({
      name: 'DatabaseVersionError',
      found: version,
      expected: 18,
    })
    expect(await readFile(join(folder.path, 'postgres/PG_VERSION'), 'utf8')).toBe(`${version}\n`)
  })
})

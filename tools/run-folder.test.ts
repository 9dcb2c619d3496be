import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createRunFolder, type MemoryState, spaciousFolder } from './run-folder.ts'

const gigabyte = 2 ** 30
const spacious: MemoryState = {
  mounts: 'proc /proc proc rw 0 0\ntmpfs /dev/shm tmpfs rw,relatime 0 0\n',
  freeFolderBytes: 8 * gigabyte,
  freeMemoryBytes: 8 * gigabyte,
}

describe('the folder for the temporary files of a test run', () => {
  test.each<{ what: string; state: Partial<MemoryState>; folder: string }>([
    { what: 'there is space in memory', state: {}, folder: '/dev/shm' },
    {
      what: 'the folder in memory is small, as in a container',
      state: { freeFolderBytes: gigabyte / 16 },
      folder: tmpdir(),
    },
    { what: 'memory is short', state: { freeMemoryBytes: gigabyte }, folder: tmpdir() },
    {
      what: 'programs may not be started there',
      state: { mounts: 'shm /dev/shm tmpfs rw,noexec 0 0' },
      folder: tmpdir(),
    },
    { what: 'nothing is mounted there', state: { mounts: '' }, folder: tmpdir() },
  ])('is $folder when $what', ({ state, folder }) => {
    expect(spaciousFolder({ ...spacious, ...state })).toBe(folder)
  })
})

describe('what runs leave behind', () => {
  const parent = mkdtempSync(join(tmpdir(), 'run-folder-test-'))
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(parent, { recursive: true, force: true })
  })

  test('is removed with the run; of one that was killed, by the next, with the servers in it', async () => {
    mkdirSync(parent, { recursive: true })
    const ended = spawnSync(process.execPath, ['--eval', ''])
    const abandoned = join(parent, `authscript-tests-${ended.pid}-abc`)
    const running = join(parent, `authscript-tests-${process.ppid}-abc`)
    for (const folder of [abandoned, running])
      mkdirSync(join(folder, 'cluster'), { recursive: true })
    const server = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], {
      cwd: join(abandoned, 'cluster'),
    })
    await once(server, 'spawn')

    const script = `
      import { createRunFolder } from ${JSON.stringify(join(import.meta.dirname, 'run-folder.ts'))}
      console.log(createRunFolder(${JSON.stringify(parent)}))`
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    })

    await once(server, 'close')
    expect(server.signalCode).toBe('SIGKILL')
    expect(stdout.trim()).toMatch(/authscript-tests-\d+-\w+$/)
    expect([abandoned, running, stdout.trim()].map((folder) => existsSync(folder))).toEqual([
      false,
      true,
      false,
    ])
  })

  test('lies in one folder, however often the configuration is read, and other users may enter it', () => {
    mkdirSync(parent, { recursive: true })
    const folder = createRunFolder(parent)
    writeFileSync(join(folder, 'file'), '')
    vi.stubEnv('TMPDIR', folder)

    expect(createRunFolder(parent)).toBe(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o755)
  })
})

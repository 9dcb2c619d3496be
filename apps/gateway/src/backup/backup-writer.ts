import { createHash } from 'node:crypto'
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type BackupHeader, type BackupTrailer, tableEnd } from './backup-format.ts'
import { BackupFileExistsError, BackupFileUnusableError } from './errors.ts'
import type { TableLayout } from './backed-up-tables.ts'
import { RowMeter, type RowText } from './table-copy.ts'
import { whyUnwritable } from './refused-write.ts'

/** Only we may read it: it holds what the database holds. */
const fileMode = 0o600

/**
 * Writes a backup beside its place and puts it there when it is whole and on the disk.
 *
 * @throws {BackupFileExistsError} the file, or an unfinished one, is there
 * @throws {BackupFileUnusableError} it cannot be written
 */
export async function writeBackup(
  file: string,
  header: BackupHeader,
  read: (table: TableLayout) => RowText,
  signal: AbortSignal,
): Promise<BackupTrailer> {
  const part = `${file}.part`
  const handle = await open(part, 'wx', fileMode).catch((error: unknown) => {
    throw isCoded(error, 'EEXIST') ? new BackupFileExistsError(part) : unusable(file, error)
  })
  try {
    const trailer = await fill(handle, header, read, signal)
    await putInPlace(part, file)
    return trailer
  } catch (error) {
    await rm(part, { force: true })
    throw unusable(file, error)
  }
}

async function fill(
  handle: FileHandle,
  header: BackupHeader,
  read: (table: TableLayout) => RowText,
  signal: AbortSignal,
): Promise<BackupTrailer> {
  const hash = createHash('sha256')
  const rowCounts: Record<string, number> = {}
  let trailer: BackupTrailer = { rowCounts, sha256: '' }
  const digested = (chunk: Buffer) => {
    hash.update(chunk)
    return chunk
  }

  async function* content(): AsyncGenerator<Buffer> {
    yield digested(toLine(header))
    for (const table of header.tables) {
      const meter = new RowMeter(table.name)
      for await (const chunk of meter.watch(read(table))) yield digested(chunk)
      yield digested(tableEnd)
      rowCounts[table.name] = meter.digest().rowCount
    }
    trailer = { rowCounts, sha256: hash.digest('hex') }
    yield toLine(trailer)
  }

  try {
    await pipeline(content, createGzip(), (packed) => handle.writeFile(packed), { signal })
    await handle.sync()
  } finally {
    await handle.close()
  }
  return trailer
}

async function putInPlace(part: string, file: string): Promise<void> {
  try {
    // Unlike a rename it never takes the place of another file.
    await link(part, file)
    await rm(part)
  } catch (error) {
    if (isCoded(error, 'EEXIST')) throw new BackupFileExistsError(file)
    // A filesystem without hard links.
    if (!isCoded(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error
    await rename(part, file)
  }
  await using folder = await open(dirname(resolve(file)), 'r')
  await folder.sync()
}

const toLine = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`)

const isCoded = (error: unknown, ...codes: readonly string[]) =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** The filesystem's errors as ours; those of the database pass. */
function unusable(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  const code = String(error.code)
  const isOfConnection = /^(ECONN|EPIPE|ETIMEDOUT)/.test(code)
  return isOfConnection
    ? error
    : new BackupFileUnusableError(file, 'written', whyUnwritable(code), { cause: error })
}

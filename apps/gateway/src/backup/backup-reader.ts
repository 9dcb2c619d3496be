import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { migrations } from '../store/migrations/index.ts'
import { unknownMigrations } from '../store/schema-version.ts'
import {
  anyHeader,
  type BackupHeader,
  backupHeader,
  type BackupTrailer,
  backupTrailer,
  formatName,
  formatVersion,
} from './backup-format.ts'
import { BackupScanner } from './backup-scanner.ts'
import { BackupInvalidError, BackupNewerError } from './errors.ts'
import type { TableLayout } from './backed-up-tables.ts'
import type { RowText } from './table-copy.ts'

export interface Backup {
  readonly header: BackupHeader
  readonly trailer: BackupTrailer
}

/** Takes one table's rows, all of them, and tells how many it took. */
export type TableSink = (table: TableLayout, rows: RowText) => Promise<number>

/**
 * Reads a backup from end to end. Whether it is whole is known at the end alone: whatever `sink` did must be undone if this throws.
 *
 * @throws {BackupInvalidError} it is no backup, cut off, or altered
 * @throws {BackupNewerError} a newer release made it
 * @throws {BackupFileUnusableError} it cannot be read
 */
export async function readBackup(
  file: string,
  sink: TableSink,
  signal: AbortSignal,
): Promise<Backup> {
  const content = pipeline(createReadStream(file, { signal }), createGunzip(), () => {})
  try {
    const hash = createHash('sha256')
    const scanner = new BackupScanner(file, content, (chunk) => hash.update(chunk))
    const header = parseHeader(file, await scanner.line())
    const rowCounts: Record<string, number> = {}
    for (const table of header.tables) {
      rowCounts[table.name] = await sink(table, scanner.rows())
    }
    const sha256 = hash.digest('hex')
    const trailer = backupTrailer.safeParse(toJson(await scanner.lastLine()))
    if (!trailer.success) throw new BackupInvalidError(file, 'its end is unreadable')
    if (trailer.data.sha256 !== sha256) throw new BackupInvalidError(file, 'it was altered')
    if (!header.tables.every(({ name }) => trailer.data.rowCounts[name] === rowCounts[name])) {
      throw new BackupInvalidError(file, 'its rows are not as many as it says')
    }
    return { header, trailer: trailer.data }
  } finally {
    content.destroy()
  }
}

/** Reads a whole backup and keeps nothing of it. */
export function verifyBackup(file: string, signal: AbortSignal): Promise<Backup> {
  return readBackup(file, async (_, rows) => countRows(rows), signal)
}

async function countRows(rows: RowText): Promise<number> {
  let count = 0
  for await (const chunk of rows) for (const byte of chunk) if (byte === 0x0a) count++
  return count
}

function parseHeader(file: string, line: string): BackupHeader {
  const json = toJson(line)
  const any = anyHeader.safeParse(json)
  if (!any.success) throw new BackupInvalidError(file, `it does not begin as ${formatName} does`)
  const { gatewayVersion } = any.data
  if (any.data.formatVersion > formatVersion) {
    throw new BackupNewerError(file, gatewayVersion, `format ${any.data.formatVersion}`)
  }
  // Before the rest: new migrations may bring new tables.
  const named = backupHeader.pick({ migrations: true }).safeParse(json)
  const unknown = unknownMigrations(named.success ? named.data.migrations : [])
  if (unknown.length > 0) {
    throw new BackupNewerError(file, gatewayVersion, `its schema has ${unknown.join(', ')}`)
  }
  const header = backupHeader.safeParse(json)
  if (!header.success) throw new BackupInvalidError(file, 'its header is unreadable')
  const known = Object.keys(migrations)
  if (!header.data.migrations.every((name, index) => name === known[index])) {
    throw new BackupInvalidError(file, 'its migrations are out of order')
  }
  return header.data
}

function toJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

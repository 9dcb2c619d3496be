import { z } from 'zod'
import { backedUpTables } from './backed-up-tables.ts'

/**
 * A backup is gzip over lines, so that `zcat` shows it:
 *
 *     {"format":"authscript-gateway-backup", …}   the header
 *     rows of the first table                     COPY's text, one a line
 *     \.                                          its end; no row looks like it
 *     … the other tables, in the header's order …
 *     {"rowCounts":{…},"sha256":"…"}              the trailer; the digest is of everything before it
 */
export const formatName = 'authscript-gateway-backup'
export const formatVersion = 1

/** `\.` and a line feed. */
export const tableEnd = Buffer.from('\\.\n')

const name = z.string().regex(/^[a-z_][a-z0-9_]*$/)

/** The part of the header that every version has, so that a newer version is not mistaken for a foreign file. */
export const anyHeader = z.object({
  format: z.literal(formatName),
  formatVersion: z.number().int().positive(),
  gatewayVersion: z.string(),
})

export const backupHeader = anyHeader.extend({
  createdAt: z.iso.datetime(),
  /** The migrations that created the schema, in their order. */
  migrations: z.array(z.string()).min(1).readonly(),
  tables: z
    .array(
      z.object({
        name: z.enum(backedUpTables.map((table) => table.name)),
        columns: z.array(name).min(1).readonly(),
      }),
    )
    .readonly(),
  sequencePositions: z.record(name, z.number().int().positive()),
})

export const backupTrailer = z.strictObject({
  rowCounts: z.record(name, z.number().int().min(0)),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export type BackupHeader = z.infer<typeof backupHeader>
export type BackupTrailer = z.infer<typeof backupTrailer>

import { explainFailure } from '../errors.ts'

/** Why a node's reports cannot be written, as when the disk of the database is full. */
export interface WriteFailure {
  readonly since: Date
  /** The database's own words, without data. */
  readonly reason: string
}

/** The SQLSTATE `disk_full`. */
const diskFull = '53100'

export function writeFailureOf(error: unknown, since: Date): WriteFailure {
  const isDiskFull = [error, error instanceof Error ? error.cause : undefined].some(
    (one) => one instanceof Error && 'code' in one && one.code === diskFull,
  )
  return { since, reason: isDiskFull ? 'its disk is full' : explainFailure(error).reason }
}

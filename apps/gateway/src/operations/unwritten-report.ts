import { explainFailure } from '../errors.ts'
import type { Overview } from './overview.ts'
import { hasNotReported, noGatewayRuns } from './silence-words.ts'

export interface WriteFailure {
  readonly since: Date
  /** The database's own words, without data. */
  readonly reason: string
}

/**
 * The overview of a node that answers although its reports cannot be written, as when the disk of the database is full: by the database
 * it does not run, which would send the operator the wrong way.
 */
export function withUnwrittenReport(
  overview: Overview,
  failure: WriteFailure | undefined,
  hereId: string,
): Overview {
  if (failure === undefined) return overview
  const { verdict, findings, nodes } = overview
  const here = nodes.find(({ nodeId }) => nodeId === hereId)
  const isOfSilence = (text: string) =>
    text === noGatewayRuns || text === hasNotReported(`${here?.host}:${here?.processId}`)
  return {
    ...overview,
    verdict: {
      level: 'trouble',
      code: 'database_unavailable',
      text: 'The database takes no writes',
      since: failure.since.toISOString(),
      remedy: 'free space on its disk, or see why it refuses them. Figures are from before',
      detail: failure.reason,
      href: '/docs/errors#database_unavailable',
    },
    findings: [verdict, ...findings].filter(
      ({ level, text }) => level !== 'working' && !isOfSilence(text),
    ),
  }
}

/** The SQLSTATE `disk_full`. */
const diskFull = '53100'

export function writeFailureOf(error: unknown, since: Date): WriteFailure {
  const isDiskFull = [error, error instanceof Error ? error.cause : undefined].some(
    (one) => one instanceof Error && 'code' in one && one.code === diskFull,
  )
  return { since, reason: isDiskFull ? 'its disk is full' : explainFailure(error).reason }
}

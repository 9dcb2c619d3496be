import { createHash } from 'node:crypto'
import type { EncounterRef } from '@authscript/prior-auth'

/** A ticket to process one visit. The encounter row is the truth; the ticket only says that somebody has to look at it. */
export interface EncounterJob extends EncounterRef {
  readonly kind: 'encounter'
  /** The row's run that this ticket is for; an older ticket finds itself outdated. */
  readonly run: number
}

/** A ticket to bring one approved form back to the chart. */
export interface WriteBackJob extends EncounterRef {
  readonly kind: 'write_back'
  readonly workItemId: string
  /** The version that a person approved. */
  readonly version: number
  readonly run: number
}

export type Job = EncounterJob | WriteBackJob

/**
 * The right to work on a job until it is settled or its heartbeat stops. `fence` tells this lease from a later one: every lease of a
 * job counts one up.
 */
export interface Lease<Each extends Job = Job> {
  readonly job: Each
  readonly queue: string
  readonly fence: { readonly id: string; readonly retryCount: number }
}

export function isEncounterLease(lease: Lease): lease is Lease<EncounterJob> {
  return lease.job.kind === 'encounter'
}

/** What a ticket is for, in one line: the same for every ticket of the same run. Ids only. */
export function subjectOf(job: Job): string {
  return job.kind === 'encounter'
    ? `encounter ${job.practiceId} ${job.encounterId} ${job.run}`
    : `write_back ${job.workItemId} ${job.version} ${job.run}`
}

/** The same ticket always has the same id, so it cannot be in the queue twice. The store computes it too, as `md5(subject)::uuid`. */
export function jobIdOf(job: Job): string {
  const hex = createHash('md5').update(subjectOf(job)).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}

import type { DatabaseConnection } from '../../store/database.ts'
import type { GatewayConfig } from '../../config.ts'
import type { FailureKind } from '../../errors.ts'
import type { Attempt, Lease } from '../../jobs/job.ts'
import type { EncounterJob } from '../../pipeline/encounter-job.ts'

/** What the separate process needs. It is sent over the IPC channel, because `ps` shows arguments and environment. */
export interface IsolatedRequest {
  readonly config: GatewayConfig
  readonly connection: DatabaseConnection
  readonly lease: Lease<EncounterJob>
  readonly attempt: Omit<Attempt, 'signal'>
}

/** What the separate process reports: that it has begun the encounter, and how that ended. A process that ends after `begun` has died. */
export type IsolatedReport =
  | { readonly kind: 'begun' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: IsolatedFailure }

/** The properties of an error that the failure policy needs. */
export interface IsolatedFailure {
  readonly code: string
  readonly kind: FailureKind
  readonly reason: string
  readonly retryAfterMs: number | undefined
}

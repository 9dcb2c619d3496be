import type { DatabaseConnection } from '../../store/database.ts'
import type { GatewayConfig } from '../../config.ts'
import type { FailureKind } from '../../errors.ts'
import type { Attempt, Lease } from '../../jobs/job.ts'
import type { EncounterJob } from '../../pipeline/encounter-job.ts'

/** What the separate process needs. It is sent over the IPC channel, because arguments and environment show in `ps`. */
export interface IsolatedRequest {
  readonly config: GatewayConfig
  readonly connection: DatabaseConnection
  readonly lease: Lease<EncounterJob>
  readonly attempt: Omit<Attempt, 'signal'>
}

/** What the separate process reports: that it works on the encounter now, and how that ended. If it ends after `begun`, it has died. */
export type IsolatedReport =
  | { readonly kind: 'begun' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: IsolatedFailure }

/** What the failure policy needs of an error. */
export interface IsolatedFailure {
  readonly code: string
  readonly kind: FailureKind
  readonly reason: string
  readonly retryAfterMs: number | undefined
}

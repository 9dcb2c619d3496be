import type { DatabaseConnection } from '../../store/database.ts'
import type { GatewayConfig } from '../../config.ts'
import type { FailureKind } from '../../errors.ts'
import type { Attempt, Lease } from '../../jobs/job.ts'
import type { EncounterJob } from '../../pipeline/encounter-job.ts'

/** What a process of its own is told: everything, over its IPC channel, since arguments and environment show in `ps`. */
export interface IsolatedRequest {
  readonly config: GatewayConfig
  readonly connection: DatabaseConnection
  readonly lease: Lease<EncounterJob>
  readonly attempt: Omit<Attempt, 'signal'>
}

/** What it says: that it works on the encounter now, and how that ended. Silence after `begun` is a death. */
export type IsolatedReport =
  | { readonly kind: 'begun' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: IsolatedFailure }

/** An error, as far as the policies read it. */
export interface IsolatedFailure {
  readonly code: string
  readonly kind: FailureKind
  readonly reason: string
  readonly retryAfterMs: number | undefined
}

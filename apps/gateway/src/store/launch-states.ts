import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Launches from an EHR that are not complete yet, by the SHA-256 of their state. Any node can complete them. */
export function launchStateRows(db: Kysely<Schema>) {
  return {
    async add(state: {
      readonly stateSha256: string
      readonly browserSha256: string
      readonly fhirBaseUrl: string
      readonly expiresAt: Date
    }): Promise<void> {
      await db
        .insertInto('launch_states')
        .values({
          state_sha256: state.stateSha256,
          browser_sha256: state.browserSha256,
          fhir_base_url: state.fhirBaseUrl,
          expires_at: state.expiresAt,
        })
        .execute()
    },

    /** Takes a launch, which can be used once: of two simultaneous attempts, one gets it. Another browser cannot use it up. */
    async take(
      state: { readonly stateSha256: string; readonly browserSha256: string },
      now: Date,
    ): Promise<{ readonly fhirBaseUrl: string } | undefined> {
      const row = await db
        .deleteFrom('launch_states')
        .where('state_sha256', '=', state.stateSha256)
        .where('browser_sha256', '=', state.browserSha256)
        .returning(['fhir_base_url', 'expires_at'])
        .executeTakeFirst()
      return row === undefined || row.expires_at <= now
        ? undefined
        : { fhirBaseUrl: row.fhir_base_url }
    },

    async deleteExpired(now: Date): Promise<void> {
      await db.deleteFrom('launch_states').where('expires_at', '<=', now).execute()
    },
  }
}

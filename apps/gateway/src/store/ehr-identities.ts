import { type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

export type EhrIdentityRow = Selectable<Schema['ehr_identities']>

/** Which person each user of an EHR is. */
export function ehrIdentityRows(db: Kysely<Schema>) {
  return {
    async findBySubject(issuer: string, subject: string): Promise<EhrIdentityRow | undefined> {
      return db
        .selectFrom('ehr_identities')
        .selectAll()
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst()
    },

    async findByUser(fhirBaseUrl: string, fhirUser: string): Promise<EhrIdentityRow | undefined> {
      return db
        .selectFrom('ehr_identities')
        .selectAll()
        .where('fhir_base_url', '=', fhirBaseUrl)
        .where('fhir_user', '=', fhirUser)
        .executeTakeFirst()
    },

    /** Undefined when this user of the EHR is linked already. */
    async link(
      identity: {
        readonly personId: string
        readonly fhirBaseUrl: string
        readonly fhirUser: string | undefined
        readonly issuer?: string
        readonly subject?: string
        readonly linkedBy: string
      },
      now: Date,
    ): Promise<EhrIdentityRow | undefined> {
      const { personId, fhirBaseUrl, fhirUser, issuer, subject, linkedBy } = identity
      return db
        .insertInto('ehr_identities')
        .values({
          person_id: personId,
          fhir_base_url: fhirBaseUrl,
          fhir_user: fhirUser ?? null,
          issuer: issuer ?? null,
          subject: subject ?? null,
          linked_by: linkedBy,
          linked_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst()
    },

    /** Binds an entry to the subject of its first launch. False when it is bound already. */
    async bind(identityId: string, issuer: string, subject: string): Promise<boolean> {
      const { rows } = await sql`
        update ehr_identities set issuer = ${issuer}, subject = ${subject}
         where identity_id = ${identityId} and subject is null returning 1`.execute(db)
      return rows.length > 0
    },

    /** Also removes entries that are bound: the next launch must identify the person again. */
    async unlink(personId: string, fhirBaseUrl: string): Promise<number> {
      const { numDeletedRows } = await db
        .deleteFrom('ehr_identities')
        .where('person_id', '=', personId)
        .where('fhir_base_url', '=', fhirBaseUrl)
        .executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
  }
}

import { type Kysely, sql } from 'kysely'

/** What came with a sign-in and counts as long as its session: the chart from which an EHR opened us, or the provider's own session. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sessions add column context jsonb`.execute(db)
  await sql`
    create index sessions_provider_sid on sessions ((context->>'issuer'), (context->>'sid'))
     where context->>'kind' = 'provider'`.execute(db)
}

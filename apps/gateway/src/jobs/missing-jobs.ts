import { type Kysely, sql } from 'kysely'
import type { Schema } from '../store/schema.ts'
import type { Job } from './job.ts'

export interface MissingTicket {
  readonly job: Job
  /** When its durable retry is due; undefined: now. */
  readonly startAfter: Date | undefined
}

/**
 * The rows that say `queued` or under way while no ticket for them is open. Row and ticket change in one transaction, so that one
 * snapshot shows no false ones; real ones are there after a restore, whose backup holds rows only.
 */
export async function findMissingTickets(
  db: Kysely<Schema>,
  names: {
    readonly schema: string
    readonly practicePrefix: string
    readonly abandonedName: string
  },
): Promise<readonly MissingTicket[]> {
  const jobs = sql.table(`${names.schema}.job`)
  const hasTicket = (subject: ReturnType<typeof sql<string>>) => sql<boolean>`(
    exists (select from ${jobs} j where j.name = ${names.practicePrefix} || t.practice_id
               and j.id = md5(${subject})::uuid and j.state < 'completed')
    or exists (select from ${jobs} j where j.name = ${names.abandonedName}
               and j.source_id = md5(${subject})::uuid and j.state < 'completed'))`

  const encounters = await sql<EncounterColumns>`
    select practice_id, patient_id, encounter_id, run, next_attempt_at from encounters t
     where processing in ('queued', 'running')
       and not ${hasTicket(sql`'encounter ' || t.practice_id || ' ' || t.encounter_id || ' ' || t.run`)}`.execute(
    db,
  )
  const writeBacks = await sql<EncounterColumns & { work_item_id: string; version: number }>`
    select practice_id, patient_id, encounter_id, work_item_id, version, run, next_attempt_at from write_backs t
     where state in ('queued', 'writing')
       and not ${hasTicket(sql`'write_back ' || t.work_item_id || ' ' || t.version || ' ' || t.run`)}`.execute(
    db,
  )
  return [
    ...encounters.rows.map((row) => ({
      job: { kind: 'encounter' as const, ...refOf(row), run: row.run },
      startAfter: row.next_attempt_at ?? undefined,
    })),
    ...writeBacks.rows.map((row) => ({
      job: {
        kind: 'write_back' as const,
        ...refOf(row),
        workItemId: row.work_item_id,
        version: row.version,
        run: row.run,
      },
      startAfter: row.next_attempt_at ?? undefined,
    })),
  ]
}

interface EncounterColumns {
  readonly practice_id: string
  readonly patient_id: string
  readonly encounter_id: string
  readonly run: number
  readonly next_attempt_at: Date | null
}

function refOf(row: EncounterColumns) {
  return {
    practiceId: row.practice_id,
    patientId: row.patient_id,
    encounterId: row.encounter_id,
  }
}

import type { EncounterRef } from '@authscript/prior-auth'
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { Schema } from './schema.ts'

export type EncounterStepRow = Selectable<Schema['encounter_steps']>
export type NewEncounterStep = Insertable<Schema['encounter_steps']>

const keptDays = 7
const keptCount = 200_000

/** How long each step took, and on which node; kept for a week, for operators. */
export function encounterStepRows(db: Kysely<Schema>) {
  return {
    async add(steps: readonly NewEncounterStep[]): Promise<void> {
      if (steps.length > 0) await db.insertInto('encounter_steps').values(steps).execute()
    },

    /** The newest `limit`, oldest first. */
    async ofEncounter(
      { practiceId, encounterId }: Pick<EncounterRef, 'practiceId' | 'encounterId'>,
      limit: number,
    ): Promise<readonly EncounterStepRow[]> {
      const rows = await db
        .selectFrom('encounter_steps')
        .selectAll()
        .where('practice_id', '=', practiceId)
        .where('encounter_id', '=', encounterId)
        .orderBy('started_at', 'desc')
        .limit(limit)
        .execute()
      return rows.toReversed()
    },

    async forget(): Promise<void> {
      await db
        .deleteFrom('encounter_steps')
        .where((eb) =>
          eb.or([
            eb('ended_at', '<', sql<Date>`now() - ${keptDays} * interval '1 day'`),
            eb(
              'ended_at',
              '<=',
              sql<Date>`(select ended_at from encounter_steps order by ended_at desc offset ${keptCount} limit 1)`,
            ),
          ]),
        )
        .execute()
    },
  }
}

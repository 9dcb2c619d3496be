import type { ProcessingState, ReviewState } from '@authscript/prior-auth'
import { connectDatabase } from '../apps/gateway/src/store/database.ts'
import { openRunningDatabase } from '../apps/gateway/src/store/embedded-database.ts'

/** How much a gateway has stored, of all practices together. */
export interface StoredCounts extends AsyncDisposable {
  encounters(): Promise<Readonly<Partial<Record<ProcessingState, number>>>>
  workItems(): Promise<Readonly<Partial<Record<ReviewState, number>>>>
  forms(): Promise<number>
}

/** Counts in the database that a running gateway has in `directory`, with one connection in addition to its own. */
export async function openStoredCounts(directory: string): Promise<StoredCounts> {
  const running = await openRunningDatabase(directory)
  if (running === 'absent' || running === 'not_now')
    throw new Error(`no gateway runs on the database in ${directory}`)
  const { db, close } = await connectDatabase(running.connection, {
    poolSize: 1,
    onError: () => undefined,
  })
  return {
    async encounters() {
      const rows = await db
        .selectFrom('encounters')
        .select((eb) => ['processing', eb.fn.countAll<number>().as('count')])
        .groupBy('processing')
        .execute()
      return Object.fromEntries(rows.map(({ processing, count }) => [processing, count]))
    },
    async workItems() {
      const rows = await db
        .selectFrom('work_items')
        .select((eb) => ['review', eb.fn.countAll<number>().as('count')])
        .groupBy('review')
        .execute()
      return Object.fromEntries(rows.map(({ review, count }) => [review, count]))
    },
    async forms() {
      const { count } = await db
        .selectFrom('forms')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
    async [Symbol.asyncDispose]() {
      await close()
      running.close()
    },
  }
}

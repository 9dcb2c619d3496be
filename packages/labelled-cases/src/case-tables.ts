import { readdirSync } from 'node:fs'
import type { CaseTable } from './labelled-case.ts'

/** The labelled cases of all policies, one file per policy and named after it, sorted by name. */
export const caseTables: readonly CaseTable[] = await tablesIn('tables/')

/**
 * Cases by authors who had never seen the rules, and for which no rule was written. Results on these are closer
 * to results on future charts.
 */
export const heldOutTables: readonly CaseTable[] = await tablesIn('held-out/')

async function tablesIn(name: string): Promise<readonly CaseTable[]> {
  const folder = new URL(name, import.meta.url)
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'))
  return Promise.all(
    files
      .sort()
      .map(
        async (file) => ((await import(new URL(file, folder).href)) as { table: CaseTable }).table,
      ),
  )
}

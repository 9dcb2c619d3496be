import { readdirSync } from 'node:fs'
import type { CaseTable } from './labelled-case.ts'

/** The labelled cases of every policy, one file each, named after the policy; in the order of their names. */
export const caseTables: readonly CaseTable[] = await tablesIn('tables/')

/**
 * Cases by people who had never seen the rules, and which no rule was written for: how the judgement does on these is nearer to how it does
 * on charts to come.
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

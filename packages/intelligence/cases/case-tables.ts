import { readdirSync } from 'node:fs'
import type { CaseTable } from './labelled-case.ts'

const folder = new URL('./', import.meta.url)
const notTables = new Set(['case-tables.ts', 'chart-sketch.ts', 'labelled-case.ts'])

/** The labelled cases of every policy, one file each, named after the policy. */
export const caseTables: readonly CaseTable[] = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !notTables.has(file))
    .sort()
    .map(
      async (file) => ((await import(new URL(file, folder).href)) as { table: CaseTable }).table,
    ),
)

import { readdirSync } from 'node:fs'
import type { CaseTable } from './labelled-case.ts'

const folder = new URL('tables/', import.meta.url)

/** The labelled cases of every policy, one file each, named after the policy; in the order of their names. */
export const caseTables: readonly CaseTable[] = await Promise.all(
  readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map(
      async (file) => ((await import(new URL(file, folder).href)) as { table: CaseTable }).table,
    ),
)

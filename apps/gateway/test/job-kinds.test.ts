import { expect, it } from 'vitest'
import { backedUpTables } from '../src/backup/backed-up-tables.ts'
import { jobKinds } from '../src/wiring/job-kinds.ts'

it.each(jobKinds.all.map(({ name, rows }) => ({ name, ...rows })))(
  'the rows of "$name" are backed up: jobs are not, and are made again from them',
  ({ table }) => {
    expect(backedUpTables.map(({ name }) => name)).toContain(table)
  },
)

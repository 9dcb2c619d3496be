import { describe, expect, it } from 'vitest'
import { backedUpTables } from '../src/backup/backed-up-tables.ts'
import { statesWithWorker } from '../src/backup/restore.ts'
import { deadLetterKinds } from '../src/store/dead-letters.ts'
import { jobKinds } from '../src/wiring/job-kinds.ts'

describe('every kind of job', () => {
  it('is in the list of dead letters', () => {
    expect(jobKinds.all.map(({ name }) => name).toSorted()).toEqual(deadLetterKinds.toSorted())
  })

  it.each(jobKinds.all.map(({ name, rows }) => ({ name, ...rows })))(
    '$name: its rows are backed up, and queued again when they are restored',
    ({ table, stateColumn, unfinishedStates }) => {
      expect(backedUpTables.map(({ name }) => name)).toContain(table)
      const restored = statesWithWorker.filter((entry) => entry.table === table)
      expect(restored.map((entry) => entry.stateColumn)).toEqual(restored.map(() => stateColumn))
      expect(['queued', ...restored.map(({ state }) => state)].toSorted()).toEqual(
        unfinishedStates.toSorted(),
      )
    },
  )
})

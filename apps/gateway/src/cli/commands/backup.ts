import { backUp } from '../../backup/backup.ts'
import { defineCommand } from '../command.ts'
import { configOption, countRows, runOnDatabase } from '../database-command.ts'

export const backup = defineCommand({
  name: 'backup',
  description: `Writes everything that the gateway stores, as it was at one moment, to a new file. The gateway may be running; if none runs,
its database is started for the time of the backup. The file contains PHI and is not encrypted; only its owner may read it.`,
  positionals: [{ name: 'FILE', description: 'the file to make; it must not exist yet' }],
  options: configOption,
  examples: ['authscript backup gateway-2026-11-29.gz'],
  run: ({ config }, [file = ''], terminal) =>
    runOnDatabase('backup', config, terminal, async (options) => {
      const report = await backUp(file, options)
      const unnoted = report.isNoted
        ? ''
        : '; the database could not record it, so the operations page shows the previous backup'
      return `backed up ${countRows(report.rowCounts)} to ${report.file}${unnoted}`
    }),
})

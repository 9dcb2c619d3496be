import { backUp } from '../apps/gateway/src/backup/backup.ts'
import { countRows, runDatabaseCommand } from './database-command.ts'

/** Writes what the gateway keeps to a new file, while it runs or not. */

await runDatabaseCommand({
  name: 'backup',
  argument: 'FILE',
  async run(file, options) {
    const backup = await backUp(file, options)
    return `backed up ${countRows(backup.rowCounts)} to ${backup.file}`
  },
})

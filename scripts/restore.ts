import { restore } from '../apps/gateway/src/backup/restore.ts'
import { countRows, runDatabaseCommand } from './database-command.ts'

/** Brings a backup into an empty database, whole or not at all. */

await runDatabaseCommand({
  name: 'restore',
  argument: 'FILE',
  async run(file, options) {
    const { rowCounts, createdAt, place } = await restore(file, options)
    return `restored ${countRows(rowCounts)} of ${createdAt} into ${options.config.Url === undefined ? options.config.Directory : place}`
  },
})

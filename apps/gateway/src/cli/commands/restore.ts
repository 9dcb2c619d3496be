import { restore as restoreBackup } from '../../backup/restore.ts'
import { jobKinds } from '../../wiring/job-kinds.ts'
import { defineCommand } from '../command.ts'
import { configOption, countRows, runOnDatabase } from '../database-command.ts'

export const restore = defineCommand({
  name: 'restore',
  description: `Restores a backup into an empty database: everything, or nothing. Stop the gateway first. The file is checked to its end before
anything is written.`,
  positionals: [{ name: 'FILE', description: 'a file that "authscript backup" made' }],
  options: configOption,
  examples: [
    'authscript restore gateway-2026-11-29.gz',
    'Database__Directory=/srv/gateway authscript restore gateway-2026-11-29.gz',
  ],
  run: ({ config }, [file = ''], terminal) =>
    runOnDatabase('restore', config, terminal, async (options) => {
      const { rowCounts, createdAt, place } = await restoreBackup(file, {
        ...options,
        jobKinds: jobKinds.all,
      })
      const { Url, Directory } = options.config
      return `restored ${countRows(rowCounts)} of ${createdAt} into ${Url === undefined ? Directory : place}`
    }),
})

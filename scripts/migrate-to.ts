import { relocate } from '../apps/gateway/src/backup/relocate.ts'
import { countRows, runDatabaseCommand } from './database-command.ts'

/** Moves everything from the gateway's own database folder to a PostgreSQL server, once. */

await runDatabaseCommand({
  name: 'migrate-to',
  argument: 'postgres://USER:PASSWORD@HOST/DATABASE',
  isAcceptable: (url) => /^postgres(ql)?:\/\/./.test(url),
  async run(url, { config, clock, signal }) {
    const { outcome, target, tables } = await relocate({
      directory: config.Directory,
      target: { connectionString: url },
      clock,
      signal,
    })
    const advice = `Set Database__Url and start the gateway; ${config.Directory} stays as it is and is not started on again.`
    if (outcome === 'finished') return `it was moved to ${target} before. ${advice}`
    const rows = countRows(Object.fromEntries(tables.map(({ name, rowCount }) => [name, rowCount])))
    return outcome === 'resumed'
      ? `an earlier run had brought ${rows} to ${target}: compared, and the same on both sides. ${advice}`
      : `moved ${rows} to ${target}, the same on both sides. ${advice}`
  },
})

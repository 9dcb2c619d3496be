import { bothNames } from '../../config/both-names.ts'
import { relocate } from '../../backup/relocate.ts'
import { keyName } from '../../config.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption, countRows, runOnDatabase } from '../database-command.ts'

export const migrateTo = defineCommand({
  name: 'migrate-to',
  description: `Moves everything from the gateway's own database (${bothNames('Database.Directory')}) to an empty database on a PostgreSQL server, once. Stop the
gateway first. Both sides are compared before the move is final. If it is interrupted, run it again.`,
  positionals: [
    {
      name: 'URL',
      description:
        'postgres://USER:PASSWORD@HOST/DATABASE; give the password in PGPASSWORD to keep it out of the process list',
    },
  ],
  options: configOption,
  examples: ['PGPASSWORD=… authscript migrate-to postgres://gateway@db.example.org/gateway'],
  run({ config: configFile }, [url = ''], terminal) {
    // The URL may hold a password, so it is not repeated.
    if (!/^postgres(ql)?:\/\/./.test(url)) throw new UsageError('URL must begin with postgres://')
    return runOnDatabase('migrate-to', configFile, terminal, ({ config, clock, signal }) =>
      moveTo(url, {
        directory: config.Directory,
        directoryKey: keyName(config, 'Database.Directory'),
        clock,
        signal,
      }),
    )
  },
})

async function moveTo(
  connectionString: string,
  source: Omit<Parameters<typeof relocate>[0], 'target'>,
): Promise<string> {
  const { outcome, target, tables } = await relocate({ ...source, target: { connectionString } })
  const advice = `Set ${bothNames('Database.Url')} and start the gateway; ${source.directory} stays as it is, and no gateway starts on it again.`
  if (outcome === 'finished') return `it was moved to ${target} before. ${advice}`
  const rows = countRows(Object.fromEntries(tables.map(({ name, rowCount }) => [name, rowCount])))
  return outcome === 'resumed'
    ? `an earlier run had copied ${rows} to ${target}: compared, and the same on both sides. ${advice}`
    : `moved ${rows} to ${target}, the same on both sides. ${advice}`
}

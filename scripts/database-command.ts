import { parseArgs } from 'node:util'
import { systemClock } from '../apps/gateway/src/clock.ts'
import { readDatabaseConfig } from '../apps/gateway/src/config.ts'
import { explainFailure } from '../apps/gateway/src/errors.ts'
import type { AccessOptions } from '../apps/gateway/src/backup/database-access.ts'

interface DatabaseCommand {
  readonly name: string
  /** What its one argument is, for the usage line. */
  readonly argument: string
  isAcceptable?(argument: string): boolean
  /** Resolves with what to print. */
  run(argument: string, options: AccessOptions): Promise<string>
}

/** Runs one command on the configured database and exits: 0, 1 failed, 2 wrong use, 130 interrupted with everything undone. */
export async function runDatabaseCommand(command: DatabaseCommand): Promise<never> {
  const { values, positionals } = readArguments(command)
  const [argument = ''] = positionals
  if (positionals.length !== 1 || command.isAcceptable?.(argument) === false) {
    return exitWithUsage(command)
  }
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())
  try {
    const config = readDatabaseConfig(values.config)
    console.log(
      await command.run(argument, { config, clock: systemClock, signal: interrupted.signal }),
    )
    process.exit(0)
  } catch (error) {
    const { code, reason } = explainFailure(error)
    console.error(
      interrupted.signal.aborted
        ? `${command.name}: interrupted; nothing was changed`
        : `${command.name}: ${reason} [${code}]`,
    )
    process.exit(interrupted.signal.aborted ? 130 : 1)
  }
}

function readArguments(command: DatabaseCommand) {
  try {
    return parseArgs({
      options: { config: { type: 'string', default: 'gateway.config.json' } },
      allowPositionals: true,
    })
  } catch {
    return exitWithUsage(command)
  }
}

function exitWithUsage({ name, argument }: DatabaseCommand): never {
  console.error(`usage: npm run ${name} -- ${argument} [--config FILE]`)
  process.exit(2)
}

export function countRows(rowCounts: Readonly<Record<string, number>>): string {
  const total = Object.values(rowCounts).reduce((sum, count) => sum + count, 0)
  const tables = Object.entries(rowCounts).map(([name, count]) => `${name} ${count}`)
  return `${total} rows (${tables.join(', ')})`
}

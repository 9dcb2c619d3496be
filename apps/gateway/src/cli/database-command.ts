import type { AccessOptions } from '../backup/database-access.ts'
import { systemClock } from '../clock.ts'
import { readDatabaseConfig } from '../config.ts'
import type { Terminal } from './command.ts'

/** For every command that works on the configured database. */
export const configOption = {
  config: {
    type: 'string',
    default: 'gateway.config.json',
    placeholder: 'FILE',
    description: 'the configuration; environment variables such as Database__Url win over it',
  },
} as const

/** Runs the work on the configured database and prints its result. Ctrl-C rolls back everything; the exit code is 130 then. */
export async function runOnDatabase(
  name: string,
  configFile: string,
  terminal: Terminal,
  work: (options: AccessOptions) => Promise<string>,
): Promise<number> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, interrupt)
  try {
    const config = readDatabaseConfig(configFile)
    terminal.print(await work({ config, clock: systemClock, signal: interrupted.signal }))
    return 0
  } catch (error) {
    if (!interrupted.signal.aborted) throw error
    terminal.printError(`authscript ${name}: interrupted; nothing was changed`)
    return 130
  } finally {
    for (const signal of signals) process.off(signal, interrupt)
  }
}

/** `12 rows (events 8, encounters 4)`. */
export function countRows(rowCounts: Readonly<Record<string, number>>): string {
  const total = Object.values(rowCounts).reduce((sum, count) => sum + count, 0)
  const tables = Object.entries(rowCounts).map(([name, count]) => `${name} ${count}`)
  return `${total} rows (${tables.join(', ')})`
}

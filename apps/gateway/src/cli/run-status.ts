import { readFileSync } from 'node:fs'
import { operationsView } from '@authscript/prior-auth'
import { systemClock } from '../clock.ts'
import { readOperationsConfig } from '../config.ts'
import { whyUnreadable } from '../config/named-file.ts'
import { longestWaitMs } from '../jobs/longest-wait.ts'
import { readErrorCatalogue } from '../operations/error-catalogue.ts'
import { createOverview, type Overview } from '../operations/overview.ts'
import { statusText } from '../operations/status-text.ts'
import { encounterJob } from '../pipeline/encounter-job.ts'
import { UsageError, type Terminal } from './command.ts'
import { withRunningStore } from './running-store.ts'
import { StatusUnknownError } from './status-errors.ts'

interface StatusOptions {
  readonly configFile: string
  readonly json: boolean
  /** Undefined: the gateway's database is read. */
  readonly gateway: { readonly url: string; readonly keyFile: string } | undefined
}

const requestTimeoutMs = 20_000

/** Prints the state of the gateway. Resolves with the exit code: 1 when it does not work. */
export async function runStatus(
  { configFile, json, gateway }: StatusOptions,
  terminal: Terminal,
): Promise<number> {
  const overview =
    gateway === undefined ? await readFromDatabase(configFile) : await askGateway(gateway)
  terminal.print(json ? JSON.stringify(overview, null, 2) : statusText(overview))
  return overview.verdict.level === 'trouble' ? 1 : 0
}

async function askGateway({
  url,
  keyFile,
}: NonNullable<StatusOptions['gateway']>): Promise<Overview> {
  const key = readKey(keyFile)
  const address = new URL('/api/operations', url)
  let response: Response
  try {
    response = await fetch(address, {
      headers: { 'x-api-key': key },
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
  } catch {
    throw new StatusUnknownError(`no gateway answers at ${address.origin}`)
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) {
    const detail =
      typeof body === 'object' && body !== null && 'detail' in body
        ? `: ${String(body.detail)}`
        : ''
    throw new StatusUnknownError(
      `the gateway at ${address.origin} answered ${response.status}${detail}`,
    )
  }
  const parsed = operationsView.safeParse(body)
  if (!parsed.success)
    throw new StatusUnknownError(
      `what answers at ${address.origin} is not a gateway of this release`,
    )
  return parsed.data
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new UsageError(`--key-file ${file}: ${whyUnreadable(error)}`)
  }
}

/** Starts nothing and changes nothing: where no gateway runs, that is the answer. */
function readFromDatabase(configFile: string): Promise<Overview> {
  return withRunningStore(configFile, async (store, db) => {
    const practiceIds = await store.deadLetters.practiceIds()
    return createOverview({
      store,
      longestWaitMs: () => longestWaitMs(db, encounterJob),
      catalogue: readErrorCatalogue(),
      settings: readOperationsConfig(configFile),
      clock: systemClock,
    })({ practiceIds })
  })
}

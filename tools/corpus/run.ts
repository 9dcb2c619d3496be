import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { startGateway } from '../../apps/gateway/src/gateway.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import { readCommandLine, refuseUsage } from '../command-line.ts'
import { startSandboxProcess } from '../sandbox/sandbox-process.ts'
import { openStoredCounts } from '../stored-counts.ts'

/** Serves a folder of FHIR files from the sandbox, processes every finished encounter in the gateway, and reports the results. */

const sandboxPageSize = 200
const stallMs = 180_000
const pollMs = 250
const usage = `usage: npm run corpus -- --data DIR [--json]

  --data DIR   the folder of FHIR files
  --json       prints nothing but the summary, as JSON`
const { values } = readCommandLine(usage, {
  options: { data: { type: 'string' }, json: { type: 'boolean', default: false } },
})
if (values.data === undefined) refuseUsage('--data is missing', usage)

interface SandboxEncounter {
  readonly practiceId: string
  readonly patientId: string
  readonly encounterId: string
  readonly status?: string
}

const startedAt = performance.now()
const sandbox = await startSandboxProcess(values.data, sandboxPageSize)
const directory = await mkdtemp(join(tmpdir(), 'authscript-corpus-'))
const config = overlayConfig({
  Http: { Port: 0 },
  Log: { Level: 'fatal' },
  Database: { Directory: directory, PoolSize: 12 },
  TaskOrchestrator: { WorkerCount: 4, MaxBacklog: 128 },
  Athena: {
    FhirBaseUrl: `${sandbox.baseUrl}/fhir/r4/`,
    TokenEndpoint: `${sandbox.baseUrl}/oauth2/v1/token`,
    ClientId: 'sandbox-client',
    ClientSecret: 'sandbox-secret',
    RequestsPerSecond: 5000,
    RequestsPerDay: 100_000_000,
    MaxConcurrentPolls: 16,
    MaxConnections: 16,
    PollingIntervalSeconds: 600,
  },
})
const gateway = await startGateway({
  config,
  log: createLog({ level: config.Log.Level, pretty: true }),
})
const counts = await openStoredCounts(directory)
const encounters = (await (
  await fetch(`${sandbox.baseUrl}/control/encounters`)
).json()) as SandboxEncounter[]
for (const encounter of encounters) await gateway.register(encounter)

const finished = encounters.filter((encounter) => encounter.status === 'finished')
const expected = new Set(finished.map(keyOf))
await untilIdle()
const summary = await summarize()
await counts[Symbol.asyncDispose]()
await gateway.stop()
sandbox.stop()
await rm(directory, { recursive: true, force: true })

if (!values.json) {
  const reasons = Map.groupBy(summary.failed, ({ code }) => code)
  for (const [code, failures] of reasons)
    console.log(`failed ${failures.length} x ${code}: ${failures[0]?.reason}`)
}
console.log(JSON.stringify(summary))
process.exit(summary.lost === 0 && summary.duplicates === 0 ? 0 : 1)

/** Resolves when every finished encounter is processed or failed, or when nothing has changed for `stallMs`: then the rest is lost. */
async function untilIdle(): Promise<void> {
  let last = -1
  let changedAt = performance.now()
  while (performance.now() - changedAt < stallMs) {
    const { processed = 0, failed = 0 } = await counts.encounters()
    const { jobs } = await gateway.pending()
    if (processed + failed >= expected.size && jobs === 0) return
    if (processed + failed !== last) {
      last = processed + failed
      changedAt = performance.now()
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pollMs)
    })
  }
}

async function summarize() {
  const failed: { encounterId: string; code: string; reason: string }[] = []
  const settled = new Map<string, number>()
  const practiceIds = [...new Set(encounters.map((encounter) => encounter.practiceId))]
  const scope = { practiceIds }
  let processed = 0
  for (let after: number | undefined; ; ) {
    const rows = await gateway.store.encounters.list(
      scope,
      { processing: undefined, patientId: undefined },
      { after, limit: 500 },
    )
    for (const row of rows) {
      if (row.processing === 'processed') processed += 1
      else if (row.processing === 'failed') {
        failed.push({
          encounterId: row.encounter_id,
          code: row.error_code ?? 'unknown',
          reason: row.error_reason ?? '',
        })
      } else continue
      const key = keyOf({ practiceId: row.practice_id, encounterId: row.encounter_id })
      settled.set(key, 0)
    }
    after = rows.at(-1)?.ordinal
    if (rows.length < 500) break
  }
  // Counted by events, not by the gateway's counters: an encounter with two end events was processed twice.
  for (let after = 0; ; ) {
    const events = await gateway.store.events.after(after, 2000)
    for (const { eventType, practiceId, data } of events) {
      if (eventType !== 'EncounterProcessed' && eventType !== 'EncounterProcessingFailed') continue
      const key = keyOf({ practiceId, encounterId: data.encounterId })
      settled.set(key, (settled.get(key) ?? 0) + 1)
    }
    after = events.at(-1)?.sequence ?? after
    if (events.length < 2000) break
  }
  const byReview = await counts.workItems()
  return {
    encounters: expected.size,
    processed,
    failed,
    workItems: Object.values(byReview).reduce((sum, count) => sum + count, 0),
    byReview,
    forms: await counts.forms(),
    lost: [...expected].filter((key) => !settled.has(key)).length,
    duplicates: [...settled.values()].filter((times) => times > 1).length,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

function keyOf({
  practiceId,
  encounterId,
}: {
  readonly practiceId: string
  readonly encounterId: string
}): string {
  return `${practiceId} ${encounterId}`
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { overlayConfig } from '../../apps/gateway/src/config.ts'
import { startGateway } from '../../apps/gateway/src/gateway.ts'
import { createLog } from '../../apps/gateway/src/log.ts'
import { generateCharts, generatedEncounter } from '../sandbox/generated-charts.ts'
import { startSandboxProcess } from '../sandbox/sandbox-process.ts'
import { openStoredCounts } from '../stored-counts.ts'
import type { BenchResult, Row, Target } from '../report.ts'

/** 10,000 encounters are signed at once. Is each processed exactly once, with bounded memory and within the EHR's request rate? */

const encounterCount = Number(process.env['BURST_ENCOUNTERS'] ?? 10_000)
const plan = { name: 'burst', encounterCount, encountersPerPatient: 5, formEvery: 20 }
const perSecond = 1000
const sandboxPageSize = 50
const stallMs = 120_000

export async function burst(): Promise<BenchResult> {
  const directory = await mkdtemp(join(tmpdir(), 'authscript-burst-'))
  const charts = join(directory, 'charts.ndjson')
  await writeFile(charts, generateCharts(plan))
  const sandbox = await startSandboxProcess(directory, sandboxPageSize)
  const gateway = await startGateway({
    config: overlayConfig({
      Http: { Port: 0 },
      Log: { Level: 'fatal' },
      Database: { Directory: join(directory, 'data'), PoolSize: 16 },
      TaskOrchestrator: { WorkerCount: 8, MaxBacklog: 128 },
      Athena: {
        FhirBaseUrl: `${sandbox.baseUrl}/fhir/r4/`,
        TokenEndpoint: `${sandbox.baseUrl}/oauth2/v1/token`,
        ClientId: 'sandbox-client',
        ClientSecret: 'sandbox-secret',
        RequestsPerSecond: perSecond,
        RequestsPerDay: 1_000_000_000,
        MaxConcurrentPolls: 32,
        MaxConnections: 32,
      },
    }),
    log: createLog({ level: 'fatal', pretty: true }),
  })
  const counts = await openStoredCounts(join(directory, 'data'))
  const memory: { readonly settled: number; readonly rssMb: number }[] = []
  const startedAt = performance.now()
  for (let index = 0; index < encounterCount; index += 1)
    await gateway.register(generatedEncounter(plan, index))
  let settled = 0
  let movedAt = performance.now()
  while (settled < encounterCount && performance.now() - movedAt < stallMs) {
    await new Promise((resolve) => {
      setTimeout(resolve, 500)
    })
    const { processed = 0, failed = 0 } = await counts.encounters()
    if (processed + failed !== settled) movedAt = performance.now()
    settled = processed + failed
    memory.push({ settled, rssMb: process.memoryUsage().rss / 1024 ** 2 })
  }
  const seconds = (performance.now() - startedAt) / 1000

  const endings = new Map<string, number>()
  for (let after = 0; ; ) {
    const events = await gateway.store.events.after(after, 5000)
    for (const event of events) {
      if (event.eventType !== 'EncounterProcessed') continue
      endings.set(event.data.encounterId, (endings.get(event.data.encounterId) ?? 0) + 1)
    }
    after = events.at(-1)?.sequence ?? after
    if (events.length < 5000) break
  }
  const requests = (await (await fetch(`${sandbox.baseUrl}/control/requests/summary`)).json()) as {
    maxPerSecond: number
    total: number
  }
  const lost = encounterCount - endings.size
  const duplicates = [...endings.values()].filter((times) => times > 1).length
  const forms = await counts.forms()
  await counts[Symbol.asyncDispose]()
  await gateway.stop()
  sandbox.stop()
  await rm(directory, { recursive: true, force: true })

  const peakMb = Math.max(...memory.map((sample) => sample.rssMb))
  const rssAt = (share: number) =>
    memory.find((sample) => sample.settled >= encounterCount * share)?.rssMb ?? 0
  const growth = rssAt(0.95) / rssAt(0.25)
  const once = (unit: string, what: string, value: number): Row => {
    const figure = Math.round(value * 100) / 100
    return { subject: 'ours', case: what, unit, median: figure, min: figure, max: figure, runs: 1 }
  }
  const target = (statement: string, figure: number, limit: number): Target => ({
    statement,
    figure,
    limit,
    met: figure <= limit,
  })
  return {
    rows: [
      once('encounters/s', `${encounterCount} encounters signed at once`, encounterCount / seconds),
      once('s', 'until all are processed', seconds),
      once('requests', 'sent to the EHR', requests.total),
      once('forms', 'filled', forms),
      once('MB', 'peak RSS of the gateway', peakMb),
    ],
    targets: [
      target('encounters lost', lost, 0),
      target('encounters processed twice', duplicates, 0),
      target("requests in any one second, by the EHR's count", requests.maxPerSecond, perSecond),
      target(
        'RSS at 95 % of the encounters over RSS at 25 %',
        Math.round(growth * 100) / 100,
        1.25,
      ),
    ],
  }
}
